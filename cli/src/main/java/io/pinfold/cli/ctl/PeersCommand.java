package io.pinfold.cli.ctl;

import io.pinfold.cli.console.CommandGroup;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.PeerText;
import io.pinfold.cli.ctl.text.TextForm;
import io.pinfold.multiformats.PeerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code peers}. */
@Command(name = "peers", description = "the cluster's peers", subcommands = {PeersCommand.List.class,
    PeersCommand.Remove.class})
final class PeersCommand extends CommandGroup {

    /** {@code peers ls}. */
    @Command(name = "ls", description = "list the peers, each with its addresses and its IPFS node")
    static final class List extends ApiCommand {

        @Override
        int run(Session session) {
            return session.show(RestRequest.get("/peers"), new PeerText());
        }
    }

    /** {@code peers rm}. */
    @Command(name = "rm", description = "remove a peer")
    static final class Remove extends ApiCommand {

        @Parameters(paramLabel = "PEER", description = "the peer's id")
        private String peer = "";

        @Override
        int run(Session session) throws Complaint {
            PeerId id = Values.of("peer id " + peer, PeerId.parse(peer), ExitCode.LOCAL);
            return session.show(RestRequest.delete("/peers", id.toString()), TextForm.silent());
        }
    }
}
