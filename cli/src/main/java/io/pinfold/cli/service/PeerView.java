package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import java.util.List;

/** What the files of a peer's folder say. */
public record PeerView(ClusterCard card, PeerConfig config) {

    /** The view of {@code folder}, which must be made. */
    public static PeerView of(Console console, PeerFolder folder) throws Complaint {
        folder.open();
        ClusterCard card = new ClusterCard(folder.requireIdentity().id(), folder.requireGenesis(), folder.path());
        return new PeerView(card, new Configuration(console, folder).load(List.of()));
    }

    /** Whether the peer's IPFS node answers. */
    public boolean isNodeOnline(Console console) {
        try (IpfsNode node = IpfsNodes.open(config, console.clock())) {
            return node.identity() instanceof Answer.Got<?>;
        }
    }
}
