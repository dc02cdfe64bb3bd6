package io.pinfold.libp2p;

import io.pinfold.multiformats.PeerId;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * An ordered, reliable, two-way flow of bytes to an authenticated peer, on one protocol.
 *
 * <p>One thread may read while another writes. Reads and writes block; past a deadline they throw
 * {@link java.net.SocketTimeoutException}, after a reset {@link StreamResetException}. The output is buffered nowhere:
 * each write is at least one frame, so callers gather small pieces themselves.
 */
public interface Stream extends AutoCloseable {

    /** The peer at the other end, as its handshake proved. */
    PeerId remotePeer();

    /** The protocol that was agreed on. */
    String protocol();

    /** What the peer sends; ends when the peer closes its side. */
    InputStream input();

    /** What we send. */
    OutputStream output();

    /** Bounds each later read and write; {@link Duration#ZERO} for none. */
    void setTimeout(Duration timeout);

    /** Says that we send no more; reading goes on. */
    void closeWrite();

    /** Ends the stream at once in both directions; the peer sees a reset. */
    void reset();

    /** Closes both directions; what was written is still delivered. */
    @Override
    void close();
}
