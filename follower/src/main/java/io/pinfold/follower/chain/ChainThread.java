package io.pinfold.follower.chain;

import io.pinfold.chain.core.head.Standing;
import io.pinfold.chain.core.machine.ChainEvent;
import io.pinfold.chain.core.machine.ChainMachine;
import io.pinfold.libp2p.limit.Threads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that drives a {@link ChainMachine}: events come into its mailbox from any thread, and are stepped through in
 * order, as many at a time as are there.
 *
 * <p>A full mailbox makes senders wait, which slows the network down to what the chain can take.
 */
public final class ChainThread implements AutoCloseable {

    /** Most events that wait. */
    public static final int MAILBOX = 8_192;

    private static final Logger log = LoggerFactory.getLogger(ChainThread.class);
    private static final int MAX_BATCH = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final BlockingQueue<ChainEvent> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final AtomicBoolean waking = new AtomicBoolean();
    private final List<ChainEvent> ownEvents = new ArrayList<>();
    private final InstantSource clock;
    private final Runnable moved;
    private final Consumer<RuntimeException> failed;
    private final ChainMachine machine;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * A thread for the machine that {@code maker} makes, which may be read at once and does nothing before {@link #start}.
     *
     * @param maker is given what wakes the thread
     * @param moved is called after a step that changed who confirms what
     * @param failed hears of a step that threw; the next one is tried all the same
     */
    public ChainThread(Function<Runnable, ChainMachine> maker, InstantSource clock, Runnable moved,
            Consumer<RuntimeException> failed) {
        this.clock = clock;
        this.moved = moved;
        this.failed = failed;
        this.thread = Thread.ofPlatform().name("chain").daemon().unstarted(this::run);
        this.machine = maker.apply(this::wake);
    }

    /** The machine, for what any thread may read of it. */
    public ChainMachine machine() {
        return machine;
    }

    /** Begins to step. */
    public void start() {
        thread.start();
    }

    /** Puts {@code event} into the mailbox, waiting for room; after {@link #close} it is dropped. */
    public void post(ChainEvent event) {
        if (Thread.currentThread() == thread) {
            ownEvents.add(event);
            return;
        }
        boolean interrupted = false;
        while (!closed) {
            try {
                if (mailbox.offer(event, 100, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends stepping and returns when the last step has ended; what waits is dropped. The thread is woken, not interrupted:
     * an interrupt would close the files that it writes.
     */
    @Override
    public void close() {
        closed = true;
        wake();
        Threads.join(thread);
    }

    private void wake() {
        if (waking.compareAndSet(false, true) && !mailbox.offer(new ChainEvent.IntakeReady())) {
            waking.set(false);
        }
    }

    private void run() {
        List<ChainEvent> batch = new ArrayList<>();
        long next = clock.millis();
        while (!closed) {
            try {
                next = step(batch, next);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the chain's thread", e);
            } catch (RuntimeException e) {
                log.error("a step of the chain failed", e);
                failed.accept(e);
                next = clock.millis() + AFTER_FAILURE.toMillis();
            }
        }
        machine.close();
    }

    private long step(List<ChainEvent> batch, long due) throws InterruptedException {
        batch.clear();
        batch.addAll(ownEvents);
        ownEvents.clear();
        if (batch.isEmpty()) {
            long wait = Math.clamp(due - clock.millis(), 0, LONGEST_WAIT.toMillis());
            ChainEvent first = mailbox.poll(wait, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
            }
        }
        mailbox.drainTo(batch, MAX_BATCH);
        if (batch.removeIf(event -> event instanceof ChainEvent.IntakeReady)) {
            waking.set(false);
        }
        Standing before = machine.status().standing();
        long next = machine.step(batch, clock.millis());
        if (!machine.status().standing().equals(before)) {
            moved.run();
        }
        return next;
    }
}
