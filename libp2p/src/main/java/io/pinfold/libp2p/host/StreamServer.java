package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.StreamHandler;
import io.pinfold.libp2p.multistream.Multistream;
import io.pinfold.libp2p.transport.Watchdog;
import io.pinfold.libp2p.yamux.YamuxStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves inbound streams: agrees on the protocol within a deadline, then runs the protocol's handler, each stream on a
 * virtual thread.
 *
 * <p>A place is taken until the handler returns, not until the stream ends, so peers cannot pile up handlers by
 * resetting their streams.
 */
final class StreamServer {

    private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);

    private final ProtocolTable protocols;
    private final Duration negotiation;
    private final Semaphore places;
    private final ExecutorService tasks;
    private final ScheduledExecutorService scheduler;
    private final HostMetrics metrics;

    StreamServer(ProtocolTable protocols, HostConfig.Streams limits, ExecutorService tasks,
            ScheduledExecutorService scheduler, HostMetrics metrics) {
        this.protocols = protocols;
        negotiation = limits.negotiation();
        places = new Semaphore(limits.inbound());
        this.tasks = tasks;
        this.scheduler = scheduler;
        this.metrics = metrics;
    }

    /** Serves {@code stream} of {@code connection}; false, and nothing done, if no place is free in {@code ofConnection}. */
    boolean serve(PeerConnection connection, YamuxStream stream, Semaphore ofConnection) {
        if (!ofConnection.tryAcquire()) {
            return false;
        }
        if (!places.tryAcquire()) {
            ofConnection.release();
            return false;
        }
        try {
            tasks.execute(() -> {
                try {
                    run(connection, stream);
                } finally {
                    places.release();
                    ofConnection.release();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            places.release();
            ofConnection.release();
            return false;
        }
    }

    private void run(PeerConnection connection, YamuxStream stream) {
        String protocol = null;
        boolean done = false;
        try {
            protocol = negotiate(stream);
            StreamHandler handler = protocols.find(protocol)
                    .orElseThrow(() -> new IOException("the handler was just removed"));
            handler.handle(new PeerStream(connection, protocol, stream, stream.input()));
            done = true;
        } catch (IOException e) {
            LOG.debug("A stream of {} on {} failed: {}", connection.peer(), protocol, e.getMessage());
        } catch (RuntimeException e) {
            metrics.count("stream_handlers_failed");
            LOG.warn("The handler of {} failed", protocol, e);
        } finally {
            if (done) {
                stream.close();
            } else {
                stream.reset();
            }
        }
    }

    private String negotiate(YamuxStream stream) throws IOException {
        try (Watchdog watchdog = new Watchdog(scheduler, negotiation, stream::reset)) {
            try {
                return Multistream.answer(stream.input(), stream.output(), protocols::has);
            } catch (IOException e) {
                metrics.count(watchdog.fired() ? "stream_negotiations_late" : "stream_negotiations_failed");
                throw e;
            }
        }
    }
}
