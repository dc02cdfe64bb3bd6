package io.pinfold.libp2p.yamux;

import java.time.Duration;

/**
 * Bounds of a Yamux session.
 *
 * @param maxInboundStreams streams that the peer may have open at once; one more is reset
 * @param maxOutboundStreams streams that we may have open at once; one more is not opened
 * @param maxWindow largest window that a stream's may grow to, in bytes; the protocol's 256 KiB at least
 * @param maxBuffered bytes that a session may hold unread; a stream that would exceed it is reset
 * @param maxQueued bytes that wait to be written; more and writers wait
 * @param keepAlive silence after which the peer is pinged, and after another of which the session ends
 * @param linger how long a stream that we closed waits for the peer to close its side, before it is reset
 */
public record YamuxConfig(int maxInboundStreams, int maxOutboundStreams, int maxWindow, long maxBuffered, int maxQueued,
        Duration keepAlive, Duration linger) {

    /** The window that every stream begins with. */
    public static final int INITIAL_WINDOW = 256 * 1024;
    /** Streams opened that the peer has not acknowledged; one more waits. */
    public static final int MAX_UNACKNOWLEDGED = 256;
    /** Streams opened in vain that are tolerated at once. */
    public static final int WASTED_STREAMS_BURST = 512;
    /** Streams opened in vain that are tolerated, a second. */
    public static final int WASTED_STREAMS_PER_SECOND = 64;

    /** 512 and 1,024 streams, windows up to 4 MiB, 32 MiB unread, 1 MiB queued, 30 s, 60 s. */
    public static final YamuxConfig DEFAULT = new YamuxConfig(512, 1024, 4 << 20, 32 << 20, 1 << 20,
            Duration.ofSeconds(30), Duration.ofSeconds(60));

    public YamuxConfig {
        require(maxInboundStreams >= 1, "maxInboundStreams is at least 1");
        require(maxOutboundStreams >= 1, "maxOutboundStreams is at least 1");
        require(maxWindow >= INITIAL_WINDOW, "maxWindow is at least 256 KiB");
        require(maxBuffered >= INITIAL_WINDOW, "maxBuffered is at least 256 KiB");
        require(maxQueued >= 1, "maxQueued is at least 1");
        require(keepAlive.isPositive() && linger.isPositive(), "keepAlive and linger are positive");
    }

    /** With another bound of inbound streams. */
    public YamuxConfig withMaxInboundStreams(int bound) {
        return new YamuxConfig(bound, maxOutboundStreams, maxWindow, maxBuffered, maxQueued, keepAlive, linger);
    }

    /** With another bound of unread bytes. */
    public YamuxConfig withMaxBuffered(long bytes) {
        return new YamuxConfig(maxInboundStreams, maxOutboundStreams, maxWindow, bytes, maxQueued, keepAlive, linger);
    }

    /** With other times for silence and lingering. */
    public YamuxConfig withTimes(Duration newKeepAlive, Duration newLinger) {
        return new YamuxConfig(maxInboundStreams, maxOutboundStreams, maxWindow, maxBuffered, maxQueued, newKeepAlive,
                newLinger);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("libp2p.yamux: " + rule);
        }
    }
}
