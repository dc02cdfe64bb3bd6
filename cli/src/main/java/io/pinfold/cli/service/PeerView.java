package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.ipfs.Answer;
import java.util.List;

/** What the files of a peer's folder say. */
public record PeerView(ClusterCard card, PeerConfig config) {

    /** The view of {@code folder}, which must be made. */
    public static PeerView of(Console console, PeerFolder folder) throws Complaint {
        folder.open();
        ClusterCard card = new ClusterCard(folder.requireIdentity().id(), folder.requireGenesis(), folder.path());
        return new PeerView(card, new Configuration(console, folder).load(List.of()));
    }

    /** Whether the peer's IPFS node answers; one within the peer is there as long as {@code isRunning}. */
    public boolean isNodeOnline(Console console, boolean isRunning) throws Complaint {
        return config.pinning().isEmbedded()
                ? isRunning
                : IpfsNodes.use(config, PeerFolder.at(card.folder()).swarmKey(), console.clock(),
                        node -> node.identity() instanceof Answer.Got<?>);
    }
}
