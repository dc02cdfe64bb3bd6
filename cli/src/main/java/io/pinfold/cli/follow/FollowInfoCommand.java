package io.pinfold.cli.follow;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.service.ServiceExit;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code NAME info}. */
@Command(name = "info", description = "the folder, the cluster, and whether the peer and its IPFS node run")
final class FollowInfoCommand extends FollowCommand {

    @Override
    int run(Follow follow) throws Complaint {
        return show(follow);
    }

    /** Shows it. */
    static int show(Follow follow) throws Complaint {
        LocalPeer peer = LocalPeer.of(follow);
        PrintStream out = follow.console().out();
        out.println("Information about follower peer for Cluster \"" + follow.name() + "\":");
        out.println();
        out.println("Config folder: " + follow.peer().path());
        out.print(peer.view().card().text());
        boolean running = peer.api().send(RestRequest.get("/version"), _ -> {}) instanceof RestOutcome.Done;
        out.println("Cluster Peer online: " + running);
        out.println("IPFS peer online: " + peer.view().isNodeOnline(follow.console(), running));
        return ServiceExit.OK;
    }
}
