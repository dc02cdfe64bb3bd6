package io.pinfold.libp2p.transport;

import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes TCP links at one address, on a virtual thread. */
public final class TcpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int BACKLOG = 128;
    /** Pause after a failure to accept, which is mostly for want of file descriptors. */
    private static final long PAUSE_MILLIS = 100;

    private final ServerSocket socket;
    private final Multiaddr address;
    private final Consumer<Link> taker;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Listens at {@code address}, host and {@code tcp} with port 0 for any free one.
     *
     * @param taker takes each link without waiting, and closes it
     * @throws ListenException if that cannot be
     */
    public TcpListener(Multiaddr address, Consumer<Link> taker) throws ListenException {
        InetSocketAddress endpoint = address.tcpEndpoint()
                .filter(_ -> address.isPlainTcp())
                .filter(candidate -> !candidate.isUnresolved())
                .orElseThrow(() -> new ListenException(address, "not an IP address with a TCP port", null));
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(endpoint, BACKLOG);
        } catch (IOException e) {
            throw new ListenException(address, String.valueOf(e.getMessage()), e);
        }
        this.address = Multiaddr.tcp(new InetSocketAddress(endpoint.getAddress(), socket.getLocalPort()));
        this.taker = taker;
        thread = Thread.ofVirtual().name("tcp-listen-" + this.address).start(this::run);
    }

    /** Where it listens, with the port that it really has. */
    public Multiaddr address() {
        return address;
    }

    @Override
    public void close() {
        closing.countDown();
        TcpLink.closeQuietly(socket);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!socket.isClosed()) {
            try {
                take(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("Cannot accept at {}: {}", address, e.getMessage());
                    pause();
                }
            }
        }
    }

    private void take(Socket accepted) {
        try {
            taker.accept(new TcpLink(accepted));
        } catch (IOException e) {
            LOG.debug("A link broke at once: {}", e.getMessage());
            TcpLink.closeQuietly(accepted);
        }
    }

    private void pause() {
        try {
            boolean closed = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            LOG.trace("closing: {}", closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
