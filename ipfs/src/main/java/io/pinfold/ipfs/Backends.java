package io.pinfold.ipfs;

import io.pinfold.ipfs.kubo.KuboIpfsNode;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes remote backends from their addresses. */
public final class Backends {

    private Backends() {}

    /** The node at {@code address}, which need not be up; the caller closes it. */
    public static IpfsNode open(BackendAddress.Kubo address, IpfsConfig config, InstantSource time,
            RandomGenerator random) {
        return new KuboIpfsNode(address, config, time, random);
    }
}
