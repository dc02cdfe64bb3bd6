package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.yamux.YamuxException.Violation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How much a stream may send before the peer reads, and whether it may still send at all. */
final class SendSide {

    private static final long MAX_WINDOW = 0xffff_ffffL;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long window = YamuxConfig.INITIAL_WINDOW;
    private boolean finished;
    private @Nullable String failure;

    /** Takes up to {@code wanted} bytes of the window, waiting for at least one. */
    int claim(int wanted, Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (true) {
                requireOpen();
                if (window > 0) {
                    int count = (int) Math.min(wanted, window);
                    window -= count;
                    return count;
                }
                await(deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what was claimed and not sent. */
    void refund(int count) {
        lock.lock();
        try {
            window += count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The peer allows for {@code count} more bytes. */
    void increase(long count) throws YamuxException {
        lock.lock();
        try {
            if (window + count > MAX_WINDOW) {
                throw new YamuxException(Violation.WINDOW_OVERFLOW, window + " + " + count);
            }
            window += count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** We send no more; false if that was so already. */
    boolean finish() {
        lock.lock();
        try {
            boolean first = !finished && failure == null;
            finished = true;
            changed.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** The stream broke. */
    void fail(String reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether data may still be sent. */
    boolean isOpen() {
        lock.lock();
        try {
            return failure == null;
        } finally {
            lock.unlock();
        }
    }

    boolean hasFinished() {
        lock.lock();
        try {
            return finished;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (failure != null) {
            throw new StreamResetException(failure);
        }
        if (finished) {
            throw new IOException("closed for writing");
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller looks again, in a loop
    private void await(Deadline deadline) throws IOException {
        try {
            if (deadline.isNever()) {
                changed.await();
            } else if (changed.awaitNanos(deadline.leftNanos()) <= 0) {
                throw new SocketTimeoutException("the peer does not read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
