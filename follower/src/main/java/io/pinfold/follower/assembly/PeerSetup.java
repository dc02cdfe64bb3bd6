package io.pinfold.follower.assembly;

import io.pinfold.chain.core.Genesis;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.trust.Identity;
import java.nio.file.Path;
import java.util.List;

/**
 * Of what a peer is made.
 *
 * @param folder its files are below; locked by the caller for as long as the peer runs
 * @param bootstrap peers of the cluster that the template names, with {@code /p2p/}
 * @param nodes IPFS nodes that the template names, with {@code /p2p/}
 * @param version of the program
 */
public record PeerSetup(Path folder, Identity identity, Genesis genesis, List<Multiaddr> bootstrap,
        List<Multiaddr> nodes, PeerConfig config, String version) {

    public PeerSetup {
        bootstrap = List.copyOf(bootstrap);
        nodes = List.copyOf(nodes);
    }
}
