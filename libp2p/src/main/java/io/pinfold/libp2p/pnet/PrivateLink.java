package io.pinfold.libp2p.pnet;

import io.pinfold.libp2p.transport.Link;
import io.pinfold.multiformats.Multiaddr;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;

/** A link whose bytes are encrypted with the key of a private network, each direction under a nonce of its sender's. */
public final class PrivateLink implements Link {

    private final Link link;
    private final InputStream input;
    private final OutputStream output;

    /** {@code link} within the network of {@code key}, on which the other side says {@code greeting} first. */
    public PrivateLink(Link link, PreSharedKey key, byte[] greeting, SecureRandom random) {
        this.link = link;
        input = new CheckedInput(new SalsaInput(link.input(), key), greeting);
        output = new SalsaOutput(link.output(), key, random);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public Multiaddr localAddress() {
        return link.localAddress();
    }

    @Override
    public Multiaddr remoteAddress() {
        return link.remoteAddress();
    }

    @Override
    public void close() {
        link.close();
    }
}
