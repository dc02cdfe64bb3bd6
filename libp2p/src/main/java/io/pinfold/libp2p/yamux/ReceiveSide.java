package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.yamux.YamuxException.Violation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a stream received and nobody has read yet, and how much more the peer may send.
 *
 * <p>The session's reader delivers and never waits; the stream's user reads and waits. A window is given back once half
 * of it was read; when that happens within four round trips the window doubles, as far as bounds allow.
 */
final class ReceiveSide {

    private static final int GROW_WITHIN_ROUND_TRIPS = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RingBuffer buffer;
    private final MemoryBudget growth;
    private final int maxWindow;
    private int window = YamuxConfig.INITIAL_WINDOW;
    private long allowance = YamuxConfig.INITIAL_WINDOW;
    private long consumed;
    private long lastUpdate = System.nanoTime();
    private boolean ended;
    private boolean abandoned;
    private @Nullable String failure;
    private Duration timeout = Duration.ZERO;

    /**
     * An empty side.
     *
     * @param budget what is held within the initial window
     * @param growth what windows grow by
     */
    ReceiveSide(MemoryBudget budget, MemoryBudget growth, int maxWindow) {
        buffer = new RingBuffer(budget, YamuxConfig.INITIAL_WINDOW);
        this.growth = growth;
        this.maxWindow = maxWindow;
    }

    void setTimeout(Duration newTimeout) {
        lock.lock();
        try {
            timeout = newTimeout;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that can be read without waiting. */
    int available() {
        lock.lock();
        try {
            return buffer.size();
        } finally {
            lock.unlock();
        }
    }

    /** What a read brought: bytes, -1 at the end; and by how much to increase the peer's window, 0 for not yet. */
    record Taken(int count, long windowIncrease) {}

    /** Reads at least one byte, waiting for it if need be. */
    Taken read(byte[] target, int offset, int length, long roundTripNanos) throws IOException {
        lock.lock();
        try {
            Deadline deadline = Deadline.after(timeout);
            while (buffer.size() == 0 && !ended && failure == null && !abandoned) {
                await(deadline);
            }
            if (failure != null || abandoned) {
                throw new StreamResetException(failure == null ? "closed by us" : failure);
            }
            if (buffer.size() == 0) {
                free();
                return new Taken(-1, 0);
            }
            int count = buffer.take(target, offset, length);
            consumed += count;
            return new Taken(count, ended ? 0 : takeIncrease(roundTripNanos));
        } finally {
            lock.unlock();
        }
    }

    private long takeIncrease(long roundTripNanos) {
        if (consumed < window / 2) {
            return 0;
        }
        long now = System.nanoTime();
        long increase = consumed;
        boolean fast = roundTripNanos > 0 && now - lastUpdate < GROW_WITHIN_ROUND_TRIPS * roundTripNanos;
        int larger = Math.min(maxWindow, 2 * window);
        if (fast && larger > window && growth.reserve(larger - window)) {
            increase += larger - window;
            window = larger;
        }
        lastUpdate = now;
        consumed = 0;
        allowance += increase;
        return increase;
    }

    /** Announces a frame of {@code length} bytes, which {@link #deliver} brings in pieces. */
    void expect(long length) throws YamuxException {
        lock.lock();
        try {
            if (length > allowance) {
                throw new YamuxException(Violation.WINDOW_EXCEEDED, length + " bytes, " + allowance + " allowed");
            }
            allowance -= length;
        } finally {
            lock.unlock();
        }
    }

    /** Adds bytes to be read; false if the memory for them is not to be had. What nobody will read is dropped. */
    boolean deliver(byte[] source, int offset, int length) {
        lock.lock();
        try {
            if (failure != null || abandoned || ended) {
                return true;
            }
            boolean taken = buffer.append(source, offset, length);
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The peer sends no more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The user reads no more; what is held is forgotten. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            free();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The stream broke; what came before its regular end can still be read, everything else cannot. */
    void fail(String reason) {
        lock.lock();
        try {
            if (!ended) {
                failure = reason;
                free();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void free() {
        buffer.free();
        growth.release(window - YamuxConfig.INITIAL_WINDOW);
        window = YamuxConfig.INITIAL_WINDOW;
    }

    /** Whether the peer has said that it sends no more. */
    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller looks again, in a loop
    private void await(Deadline deadline) throws IOException {
        try {
            if (deadline.isNever()) {
                changed.await();
            } else if (changed.awaitNanos(deadline.leftNanos()) <= 0) {
                throw new SocketTimeoutException("nothing to read in " + timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
