package io.pinfold.libp2p;

import io.pinfold.libp2p.host.HostRuntime;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.multiformats.key.PrivateKey;

/** Starts hosts. */
public final class Hosts {

    private Hosts() {}

    /**
     * Starts a host with the identity {@code key}, on the system's clock, randomness and resolver.
     *
     * @throws ListenException if it cannot listen at one of the addresses
     */
    public static TcpHost start(PrivateKey key, HostConfig config) throws ListenException {
        return start(key, config, HostRuntime.system());
    }

    /** Starts a host that takes time, randomness, counters and name resolution from {@code runtime}. */
    public static TcpHost start(PrivateKey key, HostConfig config, HostRuntime runtime) throws ListenException {
        return new TcpHost(key, config, runtime);
    }
}
