package io.pinfold.follower.config;

import io.pinfold.libp2p.HostConfig;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;

/**
 * The peer among peers: section {@code cluster}.
 *
 * @param peername how people call this peer (the host's name); shown to others, no identity
 * @param listen where the swarm listens ({@code /ip4/0.0.0.0/tcp/9096}); none: this peer only dials
 * @param announce what others are told instead of the addresses found (none); a wrong one makes this peer unreachable
 * @param bootstrap peers to connect to beside those of the template (none)
 * @param lowWater connections that are left after trimming (100); too small: the mesh falls apart
 * @param highWater connections at which trimming begins (400); too large: memory and file handles
 * @param grace age below which a connection is not trimmed (2m); too short: newcomers never finish their handshakes
 * @param dialTimeout longest time to connect to a peer (10s); too short: far peers are never reached
 */
public record ClusterConfig(String peername, List<Multiaddr> listen, List<Multiaddr> announce,
        List<Multiaddr> bootstrap,
        int lowWater, int highWater, Duration grace, Duration dialTimeout) {

    public ClusterConfig {
        listen = List.copyOf(listen);
        announce = List.copyOf(announce);
        bootstrap = List.copyOf(bootstrap);
        if (lowWater > highWater) {
            throw new IllegalArgumentException("low water " + lowWater + " above high water " + highWater);
        }
    }

    /** What of this the libp2p host needs; {@code agent} is the program's name and version. */
    public HostConfig host(String agent) {
        HostConfig.Connections bounds = HostConfig.Connections.DEFAULT;
        HostConfig.Dials dials = HostConfig.Dials.DEFAULT;
        return HostConfig.DEFAULT.withListen(listen)
                .withAnnounce(announce)
                .withAgent(agent)
                .withConnections(new HostConfig.Connections(Math.max(bounds.max(), 2 * highWater), bounds.maxPerIp(),
                        bounds.maxPerPeer(), lowWater, highWater, grace, bounds.yamux()))
                .withDials(new HostConfig.Dials(dialTimeout, dials.stagger(), dials.maxAddresses(), dials.concurrent(),
                        dials.backOffFirst(), dials.backOffMost()));
    }
}
