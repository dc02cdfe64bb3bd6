package io.pinfold.cli.ctl;

import io.pinfold.cli.ctl.rest.RestRequest;
import picocli.CommandLine.Command;

/** {@code version}. */
@Command(name = "version", description = "the version of the peer")
final class VersionCommand extends ApiCommand {

    @Override
    int run(Session session) {
        return session.show(RestRequest.get("/version"), answer -> answer.path("version").asString("") + "\n");
    }
}
