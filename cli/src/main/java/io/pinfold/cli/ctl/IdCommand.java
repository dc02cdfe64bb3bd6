package io.pinfold.cli.ctl;

import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.PeerText;
import picocli.CommandLine.Command;

/** {@code id}. */
@Command(name = "id", description = "who the peer is: its id, its addresses, its IPFS node, how many peers it sees")
final class IdCommand extends ApiCommand {

    @Override
    int run(Session session) {
        return session.show(RestRequest.get("/id"), new PeerText());
    }
}
