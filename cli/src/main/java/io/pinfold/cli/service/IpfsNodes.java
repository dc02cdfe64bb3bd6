package io.pinfold.cli.service;

import io.pinfold.follower.config.PeerConfig;
import io.pinfold.ipfs.Backends;
import io.pinfold.ipfs.IpfsNode;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Opens the IPFS node that templates come from and go to: the first backend. */
final class IpfsNodes {

    private IpfsNodes() {}

    static IpfsNode open(PeerConfig config, InstantSource clock) {
        return Backends.open(config.pinning().backends().getFirst(), config.pinning().patience(), clock,
                new SecureRandom());
    }
}
