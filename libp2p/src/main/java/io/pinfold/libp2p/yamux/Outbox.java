package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The mailbox of a session's writer: frames that wait to be sent.
 *
 * <p>Frames without data go first. Data goes by turns among the streams, so a small message waits for one frame of each
 * busy stream and not for all that they have queued. Putting data waits while the mailbox is full, except that a stream
 * with nothing queued may always put a small piece.
 */
final class Outbox {

    /** Frames without data that may wait; a peer that provokes more does not read what it asks for. */
    static final int MAX_URGENT = 4096;
    /** Size of a piece that a stream with nothing queued may put into a full mailbox. */
    static final int SMALL = 16 * 1024;

    /** A frame with its data, which belongs to it alone. */
    private static final class Frame {
        private final FrameHeader header;
        private final byte[] data;

        Frame(FrameHeader header, byte[] data) {
            this.header = header;
            this.data = data;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final ArrayDeque<FrameHeader> urgent = new ArrayDeque<>();
    private final Map<Integer, Long> increases = new LinkedHashMap<>();
    private final Map<Integer, Queue<Frame>> turns = new LinkedHashMap<>();
    private final Map<Integer, Integer> queuedByStream = new HashMap<>();
    private final int maxQueued;
    private int queued;
    private boolean finishing;
    private boolean aborted;

    /** An empty mailbox for about {@code maxQueued} bytes of data. */
    Outbox(int maxQueued) {
        this.maxQueued = maxQueued;
    }

    /** Adds a frame without data; false if too many wait. */
    boolean putUrgent(FrameHeader header) {
        lock.lock();
        try {
            if (finishing || aborted) {
                return true;
            }
            if (urgent.size() >= MAX_URGENT) {
                return false;
            }
            urgent.add(header);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a frame that answers the peer; too many of them waiting is a breach of the rules, for the peer does not read them. */
    void answer(FrameHeader header) throws YamuxException {
        if (!putUrgent(header)) {
            throw new YamuxException(YamuxException.Violation.ANSWERS_UNREAD, MAX_URGENT + " frames wait");
        }
    }

    /** Adds an increase of a stream's window to what was not sent yet. */
    void putIncrease(int stream, long increase) {
        lock.lock();
        try {
            increases.merge(stream, increase, Long::sum);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds the end of a stream, behind its data. */
    void putEnd(int stream) {
        lock.lock();
        try {
            put(stream, new Frame(new FrameHeader(FrameHeader.TYPE_DATA, FrameHeader.FIN, stream, 0), new byte[0]));
        } finally {
            lock.unlock();
        }
    }

    /** Adds data of a stream, waiting for room as long as {@code open} holds. */
    void putData(int stream, byte[] data, BooleanSupplier open, Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (!hasRoom(stream, data.length)) {
                requireOpen(open);
                await(deadline);
            }
            requireOpen(open);
            put(stream, new Frame(new FrameHeader(FrameHeader.TYPE_DATA, 0, stream, data.length), data));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits for a stream. */
    void drop(int stream) {
        lock.lock();
        try {
            increases.remove(stream);
            turns.remove(stream);
            Integer bytes = queuedByStream.remove(stream);
            queued -= bytes == null ? 0 : bytes;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the writer send what waits and {@code last}, and then end; nothing more is taken. */
    void finish(FrameHeader last) {
        lock.lock();
        try {
            if (!finishing) {
                finishing = true;
                urgent.add(last);
            }
            filled.signal();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything and ends the writer. */
    void abort() {
        lock.lock();
        try {
            aborted = true;
            urgent.clear();
            increases.clear();
            turns.clear();
            queuedByStream.clear();
            filled.signal();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for frames and puts as many as fit into {@code target}, perhaps none; -1 when it is over. */
    int fill(byte[] target) {
        lock.lock();
        try {
            while (urgent.isEmpty() && increases.isEmpty() && turns.isEmpty()) {
                if (finishing || aborted) {
                    return -1;
                }
                filled.awaitUninterruptibly();
            }
            int size = fillUrgent(target);
            size = fillData(target, size);
            drained.signalAll();
            return size;
        } finally {
            lock.unlock();
        }
    }

    private int fillUrgent(byte[] target) {
        int size = 0;
        while (!increases.isEmpty() && size + FrameHeader.SIZE <= target.length) {
            Map.Entry<Integer, Long> entry = increases.entrySet().iterator().next();
            increases.remove(entry.getKey());
            new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, 0, entry.getKey(), (int) (long) entry.getValue()).put(
                    target,
                    size);
            size += FrameHeader.SIZE;
        }
        boolean last = finishing && turns.isEmpty();
        while (urgent.size() > (finishing && !last ? 1 : 0) && size + FrameHeader.SIZE <= target.length) {
            urgent.remove().put(target, size);
            size += FrameHeader.SIZE;
        }
        return size;
    }

    private int fillData(byte[] target, int from) {
        int size = from;
        while (!turns.isEmpty()) {
            Map.Entry<Integer, Queue<Frame>> turn = turns.entrySet().iterator().next();
            Frame frame = turn.getValue().element();
            if (size + FrameHeader.SIZE + frame.data.length > target.length) {
                return size;
            }
            frame.header.put(target, size);
            System.arraycopy(frame.data, 0, target, size + FrameHeader.SIZE, frame.data.length);
            size += FrameHeader.SIZE + frame.data.length;
            sent(turn.getKey(), turn.getValue(), frame);
        }
        return size;
    }

    private void sent(Integer stream, Queue<Frame> frames, Frame frame) {
        frames.remove();
        queued -= frame.data.length;
        turns.remove(stream);
        if (frames.isEmpty()) {
            queuedByStream.remove(stream);
        } else {
            turns.put(stream, frames);
            queuedByStream.merge(stream, -frame.data.length, Integer::sum);
        }
    }

    private void put(int stream, Frame frame) {
        if (aborted || finishing) {
            return;
        }
        turns.computeIfAbsent(stream, _ -> new ArrayDeque<>()).add(frame);
        queuedByStream.merge(stream, frame.data.length, Integer::sum);
        queued += frame.data.length;
        filled.signal();
    }

    private boolean hasRoom(int stream, int length) {
        return queued + length <= maxQueued || queued == 0 || (length <= SMALL && !turns.containsKey(stream));
    }

    private void requireOpen(BooleanSupplier open) throws StreamResetException {
        if (aborted || finishing || !open.getAsBoolean()) {
            throw new StreamResetException("the stream or its connection is over");
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller looks again, in a loop
    private void await(Deadline deadline) throws IOException {
        try {
            if (deadline.isNever()) {
                drained.await();
            } else if (drained.awaitNanos(deadline.leftNanos()) <= 0) {
                throw new SocketTimeoutException("the connection does not take our data");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
