package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.ipfsnode.bitswap.wire.Counters.Count;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The stream by which we send messages to a peer: opened when there is something to send, and kept.
 *
 * <p>One thread sends at a time; {@link #reset} may be called by any.
 */
public final class Outlet {

    /** Bytes that the peer has the time of {@code pieceTimeout} to take. */
    public static final int PIECE = 256 << 10;
    /** For opening the stream to a peer that is connected. */
    static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    private final Host host;
    private final PeerId peer;
    private final Duration pieceTimeout;
    private final Counters counters;
    private volatile @Nullable Stream stream;
    private volatile BitswapVersion version = BitswapVersion.V1_2;

    /** An outlet to {@code peer}, without a stream yet. */
    public Outlet(Host host, PeerId peer, Duration pieceTimeout, Counters counters) {
        this.host = host;
        this.peer = peer;
        this.pieceTimeout = pieceTimeout;
        this.counters = counters;
    }

    /** The version that the peer speaks, once a stream was opened; the newest before. */
    public BitswapVersion version() {
        return version;
    }

    /** Sends {@code message}, waiting until the peer's window has room for it; on failure the stream is reset. */
    public void send(Message message) throws IOException {
        boolean sent = false;
        try {
            Stream open = open();
            byte[] frame = MessageEncoder.frame(message, version);
            for (int at = 0; at < frame.length; at += PIECE) {
                open.output().write(frame, at, Math.min(PIECE, frame.length - at));
            }
            counters.add(Count.MESSAGES_OUT);
            sent = true;
        } finally {
            if (!sent) {
                reset();
            }
        }
    }

    private Stream open() throws IOException {
        Stream existing = stream;
        if (existing != null) {
            return existing;
        }
        return switch (host.open(peer, BitswapVersion.protocols(), OPEN_TIMEOUT)) {
            case OpenResult.Opened(Stream opened) -> {
                opened.setTimeout(pieceTimeout);
                version = BitswapVersion.of(opened.protocol()).orElseThrow();
                stream = opened;
                yield opened;
            }
            case OpenResult other -> throw new IOException("no stream: " + other);
        };
    }

    /** Ends the stream at once; the next message opens another. */
    public void reset() {
        Stream old = stream;
        stream = null;
        if (old != null) {
            old.reset();
        }
    }
}
