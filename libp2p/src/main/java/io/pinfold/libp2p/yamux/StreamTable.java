package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.yamux.YamuxException.Violation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The open streams of a session, by number, and how many there may be. */
final class StreamTable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, YamuxStream> streams = new HashMap<>();
    private final Set<Integer> unacknowledged = new HashSet<>();
    private final YamuxConfig config;
    private final int parity;
    private int nextOutbound;
    private int inbound;
    private boolean closed;

    /** The table of the side that dialled, or of the other. */
    StreamTable(boolean dialler, YamuxConfig config) {
        this.config = config;
        nextOutbound = dialler ? 1 : 2;
        parity = nextOutbound & 1;
    }

    /** Adds a stream of ours, waiting while too many are not acknowledged. */
    YamuxStream open(IntFunction<YamuxStream> factory, Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (!closed && unacknowledged.size() >= YamuxConfig.MAX_UNACKNOWLEDGED) {
                await(deadline);
            }
            if (closed) {
                throw new StreamResetException("the connection is closing");
            }
            if (streams.size() - inbound >= config.maxOutboundStreams()) {
                throw new StreamResetException("too many streams are open");
            }
            if (nextOutbound < 0) {
                throw new StreamResetException("the numbers of streams are used up");
            }
            YamuxStream stream = factory.apply(nextOutbound);
            streams.put(nextOutbound, stream);
            unacknowledged.add(nextOutbound);
            nextOutbound += 2;
            return stream;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a stream of the peer's; null if there are too many, or none are taken any more. */
    @Nullable
    YamuxStream accept(int id, IntFunction<YamuxStream> factory) throws YamuxException {
        lock.lock();
        try {
            if (id == FrameHeader.SESSION || isOurs(id) || streams.containsKey(id)) {
                throw new YamuxException(Violation.BAD_STREAM, "opened as " + Integer.toUnsignedString(id));
            }
            if (closed || inbound >= config.maxInboundStreams()) {
                return null;
            }
            YamuxStream stream = factory.apply(id);
            streams.put(id, stream);
            inbound++;
            return stream;
        } finally {
            lock.unlock();
        }
    }

    /** The stream {@code id}; null if it is over. */
    @Nullable
    YamuxStream find(int id) throws YamuxException {
        lock.lock();
        try {
            if ((isOurs(id) && Integer.compareUnsigned(id, nextOutbound) >= 0) || id == FrameHeader.SESSION) {
                throw new YamuxException(Violation.NEVER_OPENED, "stream " + Integer.toUnsignedString(id));
            }
            return streams.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** The peer knows of our stream {@code id}. */
    void acknowledged(int id) {
        lock.lock();
        try {
            if (unacknowledged.remove(id)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes a stream that is over; false if it was gone already. */
    boolean remove(int id) {
        lock.lock();
        try {
            boolean removed = streams.remove(id) != null;
            if (removed && !isOurs(id)) {
                inbound--;
            }
            unacknowledged.remove(id);
            changed.signalAll();
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more streams. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the peer opened {@code id}. */
    boolean isInbound(int id) {
        return !isOurs(id);
    }

    /** Whether streams can still be opened. */
    boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The streams as they are now. */
    List<YamuxStream> snapshot() {
        lock.lock();
        try {
            return List.copyOf(streams.values());
        } finally {
            lock.unlock();
        }
    }

    private boolean isOurs(int id) {
        return (id & 1) == parity;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller looks again, in a loop
    private void await(Deadline deadline) throws IOException {
        try {
            if (deadline.isNever()) {
                changed.await();
            } else if (changed.awaitNanos(deadline.leftNanos()) <= 0) {
                throw new SocketTimeoutException("the peer does not acknowledge streams");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
