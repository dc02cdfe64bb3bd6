package io.pinfold.libp2p.sim;

import io.pinfold.libp2p.StreamResetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a simulated stream: a bounded buffer that a writer fills and a reader empties. */
public final class SimPipe {

    /** What a writer may be ahead of its reader; Yamux's initial window. */
    public static final int CAPACITY = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring;
    private int head;
    private int size;
    private long lost;
    private boolean ended;
    private boolean reset;
    private boolean abandoned;
    private long readTimeout;
    private long writeTimeout;

    /** An empty pipe that holds {@code capacity} bytes. */
    public SimPipe(int capacity) {
        ring = new byte[capacity];
    }

    /** The reader's end. */
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return length == 0 ? 0 : take(target, offset, length);
            }
        };
    }

    /** The writer's end. */
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                put(new byte[]{(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                put(source, offset, length);
            }
        };
    }

    /** Bounds each later read; zero for none. */
    public void setReadTimeout(Duration timeout) {
        change(() -> readTimeout = timeout.toNanos());
    }

    /** Bounds each later write; zero for none. */
    public void setWriteTimeout(Duration timeout) {
        change(() -> writeTimeout = timeout.toNanos());
    }

    /** The writer sends no more. */
    public void end() {
        change(() -> ended = true);
    }

    /** The reader wants no more; what is written from now on is lost. */
    public void abandon() {
        change(() -> {
            abandoned = true;
            size = 0;
        });
    }

    /** Breaks the pipe for both. */
    public void reset() {
        change(() -> reset = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            long left = readTimeout;
            while (size == 0) {
                refuseReset();
                if (abandoned) {
                    throw new StreamResetException("closed here");
                }
                if (ended) {
                    return -1;
                }
                left = await(readTimeout, left);
            }
            refuseReset();
            int count = Math.min(length, size);
            int first = Math.min(count, ring.length - head);
            System.arraycopy(ring, head, target, offset, first);
            System.arraycopy(ring, 0, target, offset + first, count - first);
            head = (head + count) % ring.length;
            size -= count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void put(byte[] source, int offset, int length) throws IOException {
        lock.lock();
        try {
            int done = 0;
            long left = writeTimeout;
            while (done < length) {
                refuseReset();
                if (ended) {
                    throw new IOException("closed for writing");
                }
                if (abandoned) {
                    lose(length - done);
                    return;
                }
                if (size == ring.length) {
                    left = await(writeTimeout, left);
                    continue;
                }
                int tail = (head + size) % ring.length;
                int count = Math.min(length - done, Math.min(ring.length - size, ring.length - tail));
                System.arraycopy(source, offset + done, ring, tail, count);
                size += count;
                done += count;
                changed.signalAll();
            }
            refuseReset();
        } finally {
            lock.unlock();
        }
    }

    /** What nobody reads is lost until a real stream would have reached its window and been reset. */
    private void lose(int count) throws StreamResetException {
        lost += count;
        if (lost > ring.length) {
            throw new StreamResetException("the peer does not read");
        }
    }

    private void refuseReset() throws StreamResetException {
        if (reset) {
            throw new StreamResetException("reset");
        }
    }

    @SuppressWarnings("WaitNotInLoop") // both callers look again, in a loop
    private long await(long timeout, long left) throws IOException {
        try {
            if (timeout == 0) {
                changed.await();
                return 0;
            }
            long rest = changed.awaitNanos(left);
            if (rest <= 0) {
                throw new SocketTimeoutException("no progress in " + Duration.ofNanos(timeout));
            }
            return rest;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamResetException("interrupted");
        }
    }
}
