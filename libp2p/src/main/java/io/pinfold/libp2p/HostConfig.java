package io.pinfold.libp2p;

import io.pinfold.libp2p.host.BoundedAddressBook;
import io.pinfold.libp2p.pnet.PreSharedKey;
import io.pinfold.libp2p.yamux.YamuxConfig;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a host listens, what it says of itself, and every bound it keeps.
 *
 * @param listen addresses to listen on, port 0 for any free one; none for a host that only dials
 * @param announce addresses to tell others instead of those found on the interfaces; empty for the latter
 * @param agent name and version that identify tells, as in {@code pinfold/0.1.0}
 * @param handshakes bounds of connections that are being made
 * @param connections bounds of connections that are open
 * @param dials bounds of dialling
 * @param streams bounds of streams
 * @param privateNetwork the key of the private network that the host is in; empty for the open network
 */
public record HostConfig(List<Multiaddr> listen, List<Multiaddr> announce, String agent, Handshakes handshakes,
        Connections connections, Dials dials, Streams streams, Optional<PreSharedKey> privateNetwork) {

    /** {@code pinfold/} and the version that the jar tells; without it where there is no jar. */
    public static final String DEFAULT_AGENT = Optional
            .ofNullable(HostConfig.class.getPackage().getImplementationVersion())
            .map(version -> "pinfold/" + version)
            .orElse("pinfold");

    /** Listens nowhere; the agent is {@link #DEFAULT_AGENT}. */
    public static final HostConfig DEFAULT = new HostConfig(List.of(), List.of(), DEFAULT_AGENT, Handshakes.DEFAULT,
            Connections.DEFAULT, Dials.DEFAULT, Streams.DEFAULT, Optional.empty());

    /** Most addresses to listen on or announce. */
    public static final int MAX_ADDRESSES = 32;
    /** Longest agent text, in characters. */
    public static final int MAX_AGENT = 128;

    public HostConfig {
        listen = List.copyOf(listen);
        announce = List.copyOf(announce);
        ConfigRule.require(listen.size() <= MAX_ADDRESSES, "listen has at most " + MAX_ADDRESSES + " addresses");
        ConfigRule.require(announce.size() <= MAX_ADDRESSES, "announce has at most " + MAX_ADDRESSES + " addresses");
        ConfigRule.require(!agent.isBlank() && agent.length() <= MAX_AGENT,
                "agent has 1 to " + MAX_AGENT + " characters");
    }

    /** With other addresses to listen on. */
    public HostConfig withListen(List<Multiaddr> addresses) {
        return new HostConfig(addresses, announce, agent, handshakes, connections, dials, streams, privateNetwork);
    }

    /** With other addresses to announce. */
    public HostConfig withAnnounce(List<Multiaddr> addresses) {
        return new HostConfig(listen, addresses, agent, handshakes, connections, dials, streams, privateNetwork);
    }

    /** With another agent text. */
    public HostConfig withAgent(String text) {
        return new HostConfig(listen, announce, text, handshakes, connections, dials, streams, privateNetwork);
    }

    /** With other bounds of handshakes. */
    public HostConfig withHandshakes(Handshakes bounds) {
        return new HostConfig(listen, announce, agent, bounds, connections, dials, streams, privateNetwork);
    }

    /** With other bounds of connections. */
    public HostConfig withConnections(Connections bounds) {
        return new HostConfig(listen, announce, agent, handshakes, bounds, dials, streams, privateNetwork);
    }

    /** With other bounds of dialling. */
    public HostConfig withDials(Dials bounds) {
        return new HostConfig(listen, announce, agent, handshakes, connections, bounds, streams, privateNetwork);
    }

    /** With other bounds of streams. */
    public HostConfig withStreams(Streams bounds) {
        return new HostConfig(listen, announce, agent, handshakes, connections, dials, bounds, privateNetwork);
    }

    /** In the private network of {@code key}: only peers that have it too are reached, and reach this host. */
    public HostConfig withPrivateNetwork(PreSharedKey key) {
        return new HostConfig(listen, announce, agent, handshakes, connections, dials, streams, Optional.of(key));
    }

    /**
     * Bounds of connections that are being made.
     *
     * @param timeout for multistream, Noise and the multiplexer together, 10 s; too short refuses slow peers, too long
     *        lets idle ones hold the places below
     * @param inbound handshakes that others began, at once, 64; one more is closed
     * @param inboundPerIp the same from one IPv4 address or IPv6 /64, 16
     */
    public record Handshakes(Duration timeout, int inbound, int inboundPerIp) {

        /** The values above. */
        public static final Handshakes DEFAULT = new Handshakes(Duration.ofSeconds(10), 64, 16);

        public Handshakes {
            ConfigRule.require(timeout.isPositive(), "handshakes.timeout is positive");
            ConfigRule.require(inbound >= 1 && inboundPerIp >= 1, "handshakes.inbound and inboundPerIp are at least 1");
        }
    }

    /**
     * Bounds of open connections.
     *
     * @param max all connections, 400; a further one is refused
     * @param maxPerIp inbound connections from one IPv4 address or IPv6 /64, 64
     * @param maxPerPeer connections with one peer, 4; simultaneous dialling makes two
     * @param lowWater what trimming leaves, 160
     * @param highWater what starts trimming, 200
     * @param grace age below which a connection is not trimmed, 20 s
     * @param yamux bounds within each connection
     */
    public record Connections(int max, int maxPerIp, int maxPerPeer, int lowWater, int highWater, Duration grace,
            YamuxConfig yamux) {

        /** The values above. */
        public static final Connections DEFAULT = new Connections(400, 64, 4, 160, 200, Duration.ofSeconds(20),
                YamuxConfig.DEFAULT);

        public Connections {
            ConfigRule.require(maxPerIp >= 1 && maxPerPeer >= 1, "connections.maxPerIp and maxPerPeer are at least 1");
            ConfigRule.require(lowWater >= 1 && lowWater <= highWater && highWater <= max,
                    "1 <= connections.lowWater <= highWater <= max");
            ConfigRule.require(!grace.isNegative(), "connections.grace is not negative");
        }

        /** With other water marks and grace; the bound of all connections is raised to the high mark if need be. */
        public Connections withWater(int low, int high, Duration newGrace) {
            return new Connections(Math.max(max, high), maxPerIp, maxPerPeer, low, high, newGrace, yamux);
        }

        /** With other bounds within each connection. */
        public Connections withYamux(YamuxConfig bounds) {
            return new Connections(max, maxPerIp, maxPerPeer, lowWater, highWater, grace, bounds);
        }
    }

    /**
     * Bounds of dialling.
     *
     * @param perAddress for reaching one address and its handshake, 5 s
     * @param stagger head start of an address before the next is tried beside it, 250 ms
     * @param maxAddresses addresses tried for one peer, 16
     * @param concurrent dials at once, over all peers, 32; more wait
     * @param backOffFirst wait after a first failure, 1 s; doubled with each, and spread by a quarter
     * @param backOffMost longest wait, 5 min
     */
    public record Dials(Duration perAddress, Duration stagger, int maxAddresses, int concurrent, Duration backOffFirst,
            Duration backOffMost) {

        /** The values above. */
        public static final Dials DEFAULT = new Dials(Duration.ofSeconds(5), Duration.ofMillis(250), 16, 32,
                Duration.ofSeconds(1), Duration.ofMinutes(5));

        public Dials {
            ConfigRule.require(perAddress.isPositive() && stagger.isPositive(),
                    "dials.perAddress and stagger are positive");
            ConfigRule.require(maxAddresses >= 1 && concurrent >= 1,
                    "dials.maxAddresses and concurrent are at least 1");
            ConfigRule.require(backOffFirst.isPositive() && backOffMost.compareTo(backOffFirst) >= 0,
                    "0 < dials.backOffFirst <= backOffMost");
        }
    }

    /**
     * Bounds of streams, over all connections.
     *
     * @param negotiation for agreeing on the protocol of a stream, 10 s
     * @param inbound inbound streams being served at once, 4,096; one more is reset
     * @param buffered bytes held unread, 256 MiB; a stream that would exceed it is reset
     * @param addressBook bounds of the address book
     */
    public record Streams(Duration negotiation, int inbound, long buffered, BoundedAddressBook.Limits addressBook) {

        /** The values above. */
        public static final Streams DEFAULT = new Streams(Duration.ofSeconds(10), 4096, 256L << 20,
                BoundedAddressBook.Limits.DEFAULT);

        public Streams {
            ConfigRule.require(negotiation.isPositive(), "streams.negotiation is positive");
            ConfigRule.require(inbound >= 1 && buffered >= YamuxConfig.INITIAL_WINDOW,
                    "streams.inbound is at least 1, buffered at least 256 KiB");
        }
    }
}
