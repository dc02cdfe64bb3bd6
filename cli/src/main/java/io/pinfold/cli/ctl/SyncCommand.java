package io.pinfold.cli.ctl;

import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.SyncText;
import picocli.CommandLine.Command;

/** {@code sync}, Pinfold's own. */
@Command(name = "sync", description = "where the peer stands on the cluster's chain")
final class SyncCommand extends ApiCommand {

    @Override
    int run(Session session) {
        return session.show(RestRequest.get("/sync"), new SyncText(session.console().clock()));
    }
}
