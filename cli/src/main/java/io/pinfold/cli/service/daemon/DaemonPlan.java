package io.pinfold.cli.service.daemon;

import io.pinfold.chain.core.Genesis;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.trust.Identity;
import java.nio.file.Path;
import java.util.List;

/**
 * The peer that is to run.
 *
 * @param folder its files; locked by the caller
 * @param bootstrap peers of the cluster that the template names
 * @param ipfs IPFS nodes that the template names
 * @param version of this program
 */
public record DaemonPlan(Path folder, Identity identity, Genesis genesis, List<Multiaddr> bootstrap,
        List<Multiaddr> ipfs, PeerConfig config, String version) {

    public DaemonPlan {
        bootstrap = List.copyOf(bootstrap);
        ipfs = List.copyOf(ipfs);
    }
}
