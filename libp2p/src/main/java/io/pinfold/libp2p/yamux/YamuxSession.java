package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.libp2p.yamux.YamuxException.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session: the streams on one link, between {@link #start} and the end of the link.
 *
 * <p>Two virtual threads serve it, a reader and a writer; {@link #tick} is to be called every now and then, by a
 * scheduler. It ends when it is closed, when the link breaks, or when the peer breaks the rules, which it is told with a
 * go-away.
 */
public final class YamuxSession implements AutoCloseable {

    /** The protocol's name in multistream-select. */
    public static final String PROTOCOL = "/yamux/1.0.0";

    private static final Logger LOG = LoggerFactory.getLogger(YamuxSession.class);
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(1);

    /** What a session stands on. */
    public record Link(InputStream input, OutputStream output, Runnable closer) {}

    private final Link link;
    private final YamuxConfig config;
    private final MemoryBudget budget;
    private final MemoryBudget growth;
    private final HostMetrics metrics;
    private final StreamTable table;
    private final Outbox outbox;
    private final StreamEnds ends;
    private final Liveness liveness;
    private final FrameWriter frameWriter;
    private final AtomicReference<@Nullable String> firstReason = new AtomicReference<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private Predicate<YamuxStream> acceptor = _ -> false;
    private final Thread reader;
    private final Thread writer;

    /** A session that is not started yet; {@code dialler} says whether we dialled the link. */
    public YamuxSession(String name, boolean dialler, Link link, YamuxConfig config, MemoryBudget budget,
            HostMetrics metrics) {
        this.link = link;
        this.config = config;
        this.budget = budget.part(config.maxBuffered());
        growth = this.budget.part(config.maxBuffered() / 2);
        this.metrics = metrics;
        table = new StreamTable(dialler, config);
        outbox = new Outbox(config.maxQueued());
        ends = new StreamEnds(table, outbox, metrics);
        liveness = new Liveness(config.keepAlive().toNanos());
        frameWriter = new FrameWriter(outbox, link.output(), liveness);
        reader = Thread.ofVirtual().name("yamux-in-" + name).unstarted(this::read);
        writer = Thread.ofVirtual().name("yamux-out-" + name).unstarted(this::write);
    }

    /**
     * Begins to read and write.
     *
     * @param newAcceptor takes streams that the peer opens, without waiting; false resets the stream
     * @param whenEnded is told, without waiting, why the session ended
     */
    public void start(Predicate<YamuxStream> newAcceptor, Consumer<String> whenEnded) {
        acceptor = newAcceptor;
        CompletableFuture<Void> told = ended.thenAccept(whenEnded);
        LOG.trace("started, over: {}", told.isDone());
        writer.start();
        reader.start();
        liveness.probe(System.nanoTime()).ifPresent(this::ping);
    }

    /** Opens a stream, waiting no longer than {@code timeout} for room among those not acknowledged. */
    public YamuxStream open(Duration timeout) throws IOException {
        YamuxStream stream = table.open(this::newStream, Deadline.after(timeout));
        outbox.putUrgent(new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.SYN, stream.id(), 0));
        return stream;
    }

    /** Whether streams can be opened: not after either side announced the end. */
    public boolean isOpen() {
        return table.isOpen();
    }

    /** Streams open now, in both directions. */
    public int streamCount() {
        return table.snapshot().size();
    }

    /** Completed with the reason when the session has ended. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /**
     * Looks for silence, for streams whose peer does not close them, and for the end of what a go-away left. To be called
     * a few times per keep-alive.
     */
    public void tick() {
        long now = System.nanoTime();
        if (liveness.isDead(now)) {
            metrics.count("yamux_violation", Violation.SILENT);
            end("no sign of life");
            return;
        }
        liveness.probe(now).ifPresent(this::ping);
        if (!table.isOpen() && table.snapshot().isEmpty()) {
            end("gone away, and nothing left to do");
            return;
        }
        for (YamuxStream stream : table.snapshot()) {
            if (stream.hasLingered()) {
                ends.reset(stream, "lingered");
            }
        }
    }

    /** Tells the peer, sends what is queued, and ends; returns when both threads have ended. */
    @Override
    public void close() {
        table.close();
        shutDown(FrameHeader.GO_AWAY_NORMAL, "closed by us");
        Threads.join(reader);
        Threads.join(writer);
    }

    /** Ends at once. */
    public void abort(String reason) {
        end(reason);
    }

    YamuxStream newStream(int id) {
        return new YamuxStream(this, id, new ReceiveSide(budget, growth, config.maxWindow()));
    }

    void reset(YamuxStream stream, String reason) {
        ends.reset(stream, reason);
    }

    int maxWindow() {
        return config.maxWindow();
    }

    void sendEnd(YamuxStream stream) {
        outbox.putEnd(stream.id());
        ends.settle(stream);
    }

    void sendData(YamuxStream stream, byte[] data, Deadline deadline) throws IOException {
        outbox.putData(stream.id(), data, stream.send()::isOpen, deadline);
    }

    void increaseWindow(YamuxStream stream, long increase) {
        outbox.putIncrease(stream.id(), increase);
    }

    long roundTripNanos() {
        return liveness.roundTripNanos();
    }

    Deadline lingerDeadline() {
        return Deadline.after(config.linger());
    }

    private void ping(int value) {
        outbox.putUrgent(new FrameHeader(FrameHeader.TYPE_PING, FrameHeader.SYN, FrameHeader.SESSION, value));
    }

    private void read() {
        try {
            String reason = new FrameReader(this, link.input(), table, ends, outbox, liveness, acceptor).run();
            end(reason);
        } catch (YamuxException e) {
            LOG.debug("The peer broke the protocol: {}", e.getMessage());
            metrics.count("yamux_violation", e.violation());
            table.close();
            shutDown(FrameHeader.GO_AWAY_PROTOCOL_ERROR, "the peer broke the protocol: " + e.violation());
        } catch (IOException e) {
            end("the link broke: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A bug in the reader of a session", e);
            end("a bug of ours");
        }
    }

    private void write() {
        try {
            frameWriter.run();
        } catch (IOException e) {
            end("the link broke: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A bug in the writer of a session", e);
            end("a bug of ours");
        }
    }

    private void shutDown(int code, String reason) {
        firstReason.compareAndSet(null, reason);
        outbox.finish(new FrameHeader(FrameHeader.TYPE_GO_AWAY, 0, FrameHeader.SESSION, code));
        if (!frameWriter.awaitEnd(FLUSH_TIMEOUT)) {
            LOG.debug("What was queued could not be sent");
        }
        end(reason);
    }

    /** Ends; of several reasons the first is told. */
    private void end(String reason) {
        firstReason.compareAndSet(null, reason);
        table.close();
        outbox.abort();
        link.closer().run();
        for (YamuxStream stream : table.snapshot()) {
            stream.fail(reason);
            table.remove(stream.id());
        }
        ended.complete(firstReason.get());
    }
}
