package io.pinfold.ipfsnode.bitswap;

import java.time.Duration;

/**
 * Every bound of Bitswap.
 *
 * @param inbound bounds of messages that come
 * @param server bounds of what others may want
 * @param client bounds of what we want
 */
public record BitswapConfig(Inbound inbound, Server server, Client client) {

    /** The defaults of the parts. */
    public static final BitswapConfig DEFAULT = new BitswapConfig(Inbound.DEFAULT, Server.DEFAULT, Client.DEFAULT);

    /** With other bounds of the server. */
    public BitswapConfig withServer(Server bounds) {
        return new BitswapConfig(inbound, bounds, client);
    }

    /** With other bounds of the client. */
    public BitswapConfig withClient(Client bounds) {
        return new BitswapConfig(inbound, server, bounds);
    }

    /** With other bounds of messages that come. */
    public BitswapConfig withInbound(Inbound bounds) {
        return new BitswapConfig(bounds, server, client);
    }

    /**
     * Bounds of messages that come; a stream that exceeds one is reset.
     *
     * @param bytes of messages that are being read or dealt with, over all peers, 64 MiB; too few reset honest streams
     * @param bytesPerPeer the same for one peer, 24 MiB
     * @param pieceTimeout for the next bytes of a message that has begun, 30 s
     */
    public record Inbound(long bytes, long bytesPerPeer, Duration pieceTimeout) {

        /** The values above. */
        public static final Inbound DEFAULT = new Inbound(64L << 20, 24L << 20, Duration.ofSeconds(30));

        public Inbound {
            require(bytesPerPeer >= 4 << 20 && bytes >= bytesPerPeer, "4 MiB <= inbound.bytesPerPeer <= bytes");
            require(pieceTimeout.isPositive(), "inbound.pieceTimeout is positive");
        }
    }

    /**
     * Bounds of what others may want.
     *
     * @param wantsPerPeer open wants of one peer, 1,024 as in Kubo; what is beyond is dropped
     * @param wantsInAll open wants of all peers, 100,000; about 200 bytes each
     * @param messageBytes blocks are gathered into a message until it has so many bytes, 256 KiB; a large block may exceed
     *        it, so a message has less than this and a block
     * @param slots messages that are made or being written at once, over all peers, 32; a peer has one at a time
     * @param writeTimeout for the peer to take 256 KiB, 30 s; then the stream is reset and its wants forgotten
     */
    public record Server(int wantsPerPeer, int wantsInAll, int messageBytes, int slots, Duration writeTimeout) {

        /** The values above. */
        public static final Server DEFAULT = new Server(1_024, 100_000, 256 << 10, 32, Duration.ofSeconds(30));

        public Server {
            require(wantsPerPeer >= 1 && wantsInAll >= wantsPerPeer, "1 <= server.wantsPerPeer <= wantsInAll");
            require(messageBytes >= 1 && messageBytes <= 1 << 20, "server.messageBytes is 1 to 1 MiB");
            require(slots >= 1, "server.slots is at least 1");
            require(writeTimeout.isPositive(), "server.writeTimeout is positive");
        }
    }

    /**
     * Bounds of what we want.
     *
     * @param window blocks asked of one peer at once, 384; small windows waste round trips, and Kubo keeps 1,024 wants
     * @param sessionBytes blocks on their way to a session or waiting in it, about, 24 MiB
     * @param bytes the same over all sessions, 64 MiB; each session may have a few blocks beyond
     * @param stall silence of a peer that owes us blocks, after which others are asked, 5 s
     * @param rebroadcast silence of all after which everybody is asked anew, 10 s
     * @param search wait for connected peers before providers are looked up, 1 s; and between look-ups the rebroadcast
     * @param dial for reaching a provider, 10 s
     * @param tick how often the above are looked at while something is wanted, 200 ms
     */
    public record Client(int window, long sessionBytes, long bytes, Duration stall, Duration rebroadcast,
            Duration search,
            Duration dial, Duration tick) {

        /** The values above. */
        public static final Client DEFAULT = new Client(384, 24L << 20, 64L << 20, Duration.ofSeconds(5),
                Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMillis(200));

        public Client {
            require(window >= 1 && window <= 512, "client.window is 1 to 512");
            require(sessionBytes >= 1 && bytes >= sessionBytes, "1 <= client.sessionBytes <= bytes");
            require(stall.isPositive() && rebroadcast.isPositive() && search.isPositive() && dial.isPositive()
                    && tick.isPositive(), "the client's times are positive");
        }

        /** With other times for silence: of a peer, of all, before providers are looked up, between looks. */
        public Client withTimes(Duration newStall, Duration newRebroadcast, Duration newSearch, Duration newTick) {
            return new Client(window, sessionBytes, bytes, newStall, newRebroadcast, newSearch, dial, newTick);
        }

        /** With other bounds of memory. */
        public Client withBytes(long perSession, long inAll) {
            return new Client(window, perSession, inAll, stall, rebroadcast, search, dial, tick);
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("ipfs.bitswap: " + rule);
        }
    }
}
