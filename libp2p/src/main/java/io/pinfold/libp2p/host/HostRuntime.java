package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.libp2p.transport.Resolver;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What a host takes from outside.
 *
 * @param clock for lifetimes, back-off and the times of connections
 * @param random for keys and jitter
 * @param metrics counts what happens
 * @param lookup finds the addresses of host names
 */
public record HostRuntime(InstantSource clock, SecureRandom random, HostMetrics metrics, Resolver.Lookup lookup) {

    /** Has the clock never go back. */
    public HostRuntime {
        clock = ForwardClock.of(clock);
    }

    /** The system's clock, randomness and resolver, with fresh counters. */
    public static HostRuntime system() {
        return new HostRuntime(InstantSource.system(), new SecureRandom(), new HostMetrics(),
                InetAddress::getAllByName);
    }
}
