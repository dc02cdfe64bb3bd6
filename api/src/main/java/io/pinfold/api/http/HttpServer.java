package io.pinfold.api.http;

import io.pinfold.api.wire.Connection;
import io.pinfold.api.wire.Exchange;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening HTTP/1.1 server, one virtual thread a connection. Requests over a bound of {@link HttpConfig.Limits} are
 * answered 400, 413, 414 or 431, in the shape of every other error; connections over theirs wait to be accepted.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration REAP = Duration.ofMillis(200);

    private final Front front;
    private final HttpConfig config;
    private final Semaphore places;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService reaper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http deadlines").factory());
    private final List<Listener> listeners = new ArrayList<>();

    private HttpServer(HttpConfig config, Router router) {
        this.front = new Front(router, config);
        this.config = config;
        this.places = new Semaphore(config.limits().connections());
    }

    /** What came of starting. */
    public sealed interface Started {

        /** It listens. */
        record Listening(HttpServer server) implements Started {}

        /** It does not listen anywhere, on account of this address: most often another process has the port. */
        record Refused(ListenAddress address, String why) implements Started {}
    }

    /** Listens at every address of the configuration, or at none. */
    public static Started start(HttpConfig config, Router router) {
        if (config.isOpenToOthers()) {
            return new Started.Refused(config.listen().stream().filter(it -> !it.isLocal()).findFirst().orElseThrow(),
                    "other machines could reach it and no credentials are set");
        }
        HttpServer server = new HttpServer(config, router);
        for (ListenAddress address : config.listen()) {
            try {
                server.listeners.add(Listener.open(address, config.manner().ownerOnly(), server::connection,
                        server::serve));
            } catch (IOException | RuntimeException e) {
                server.close();
                return new Started.Refused(address, String.valueOf(e.getMessage()));
            }
        }
        Future<?> _ = server.reaper.scheduleAtFixedRate(server::reap, REAP.toMillis(), REAP.toMillis(),
                TimeUnit.MILLISECONDS);
        return new Started.Listening(server);
    }

    /** Where it listens, with the ports that the system chose. */
    public List<ListenAddress> addresses() {
        return listeners.stream().map(Listener::address).toList();
    }

    /** Stops listening, ends all connections, and returns when their threads have ended. */
    @Override
    public void close() {
        listeners.forEach(Listener::close);
        reaper.shutdownNow();
        connections.forEach(Connection::close);
        threads.shutdownNow();
        threads.close();
    }

    private Connection connection(SocketChannel channel) {
        HttpConfig.Limits limits = config.limits();
        return new Connection(channel, new Connection.Bounds(limits.requestLine(), limits.header(), limits.stall(),
                limits.idle()), this::handle, (status, sentence) -> Reply.problem(status, sentence).body());
    }

    /** Runs a connection when there is a place for it. */
    private void serve(Connection connection) {
        try {
            places.acquire();
        } catch (InterruptedException _) {
            connection.close();
            return;
        }
        connections.add(connection);
        threads.execute(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
                places.release();
            }
        });
    }

    private void handle(Exchange exchange) throws IOException {
        WireRequest request = new WireRequest(exchange);
        try {
            new Responder(exchange, front.headers(request)).send(front.reply(request));
        } catch (RuntimeException e) {
            LOG.error("{} {} was not answered", request.method(), request.rawPath(), e);
            throw new IOException("a reply could not be rendered", e);
        }
    }

    private void reap() {
        connections.stream().filter(connection -> connection.deadline().isOver()).forEach(Connection::close);
    }
}
