package io.pinfold.libp2p.transport;

import io.pinfold.multiformats.Multiaddr;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link over a connected TCP socket, without Nagle's delay. */
final class TcpLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(TcpLink.class);
    private static final int READ_BUFFER = 16 * 1024;

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private final Multiaddr localAddress;
    private final Multiaddr remoteAddress;

    /** The link over {@code socket}, which it closes. */
    TcpLink(Socket socket) throws IOException {
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        input = new BufferedInputStream(socket.getInputStream(), READ_BUFFER);
        output = socket.getOutputStream();
        localAddress = Multiaddr.tcp(new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()));
        remoteAddress = Multiaddr.tcp(new InetSocketAddress(socket.getInetAddress(), socket.getPort()));
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
        return localAddress;
    }

    @Override
    public Multiaddr remoteAddress() {
        return remoteAddress;
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    /** Closes {@code socket}; that it was broken already is of no interest. */
    static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.debug("A socket could not be closed", e);
        }
    }
}
