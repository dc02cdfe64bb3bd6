package io.pinfold.api.http;

import io.pinfold.api.wire.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound address, and the thread that accepts its connections. */
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 256;

    private final ServerSocketChannel channel;
    private final ListenAddress address;
    private final Thread thread;

    private Listener(ServerSocketChannel channel, ListenAddress address, Thread thread) {
        this.channel = channel;
        this.address = address;
        this.thread = thread;
    }

    /**
     * Binds and starts accepting.
     *
     * @param ownerOnly whether a socket in the file system is for the process's own user alone; until it is, the folder that it
     *        is in must keep others away
     * @param create makes a connection of what was accepted
     * @param start runs it; blocks while there are too many
     */
    static Listener open(ListenAddress asked, boolean ownerOnly, Function<SocketChannel, Connection> create,
            Consumer<Connection> start) throws IOException {
        SocketAddress socketAddress = asked.socketAddress();
        boolean unix = socketAddress instanceof UnixDomainSocketAddress;
        ServerSocketChannel channel = unix
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        try {
            if (socketAddress instanceof UnixDomainSocketAddress file) {
                Files.deleteIfExists(file.getPath()); // left by a process that died; the folder's lock keeps others out
            } else {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.bind(socketAddress, BACKLOG);
            if (ownerOnly && socketAddress instanceof UnixDomainSocketAddress file) {
                Files.setPosixFilePermissions(file.getPath(), PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        ListenAddress address = channel.getLocalAddress() instanceof InetSocketAddress bound
                ? new ListenAddress.Tcp(bound)
                : asked;
        Thread thread = Thread.ofVirtual().name("http " + address).start(() -> accept(channel, !unix, create, start));
        return new Listener(channel, address, thread);
    }

    ListenAddress address() {
        return address;
    }

    /** Accepts no more; returns when the accepting thread has ended. */
    @Override
    public void close() {
        try {
            channel.close();
            if (address instanceof ListenAddress.Unix(var path)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.debug("closing {} failed", address, e);
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void accept(ServerSocketChannel channel, boolean tcp, Function<SocketChannel, Connection> create,
            Consumer<Connection> start) {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                if (tcp) {
                    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                start.accept(create.apply(client));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.warn("a connection could not be accepted: {}", e.getMessage());
            }
        }
    }
}
