package io.pinfold.rpc.server;

import io.pinfold.libp2p.Stream;
import java.util.HashMap;
import java.util.Map;

/** The calls being served, so that closing can end them and wait for their end. */
final class RunningCalls {

    private final Map<Thread, Stream> running = new HashMap<>();
    private boolean closed;

    /** Notes that the calling thread serves {@code stream}; false if everything is closing. */
    synchronized boolean add(Stream stream) {
        if (closed) {
            return false;
        }
        running.put(Thread.currentThread(), stream);
        return true;
    }

    /** The calling thread is done with its stream. */
    synchronized void remove() {
        running.remove(Thread.currentThread());
        notifyAll();
    }

    /** Ends every call and returns when the last has ended; an interruption of the calling thread is kept for later. */
    void close() {
        Map<Thread, Stream> ending;
        synchronized (this) {
            closed = true;
            ending = Map.copyOf(running);
            ending.keySet().forEach(Thread::interrupt);
        }
        ending.values().forEach(Stream::reset);
        awaitEmpty();
    }

    private synchronized void awaitEmpty() {
        boolean interrupted = false;
        while (!running.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
