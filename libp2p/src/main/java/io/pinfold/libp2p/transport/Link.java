package io.pinfold.libp2p.transport;

import io.pinfold.multiformats.Multiaddr;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A reliable, ordered flow of bytes to another host, neither secret nor authenticated.
 *
 * <p>One thread may read while another writes. The input is buffered. {@link #close} may be called by any thread, at any
 * time and more than once; it ends what the others wait for.
 */
public interface Link extends AutoCloseable {

    /** What the other side sends. */
    InputStream input();

    /** What we send, unbuffered. */
    OutputStream output();

    /** Our end. */
    Multiaddr localAddress();

    /** The other end. */
    Multiaddr remoteAddress();

    @Override
    void close();
}
