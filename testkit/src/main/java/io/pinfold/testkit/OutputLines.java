package io.pinfold.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The lines that a process prints, to be taken one by one, and the last of them to be shown when something fails. */
final class OutputLines {

    /** Most lines that wait to be taken; the oldest are given up for newer ones. */
    static final int MAX_WAITING = 200_000;

    private static final int TAIL = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private boolean ended;

    OutputLines(InputStream stream) {
        Thread.ofPlatform().daemon().name("process-output").start(() -> pump(stream));
    }

    /** The next line, or empty if the process closed its output or the time is over. */
    Optional<String> next(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the process closed its output. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (!ended && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** The last lines printed, taken or not. */
    String tail() {
        lock.lock();
        try {
            return String.join("\n", tail);
        } finally {
            lock.unlock();
        }
    }

    private void pump(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(output cut off: " + e.getMessage() + ")");
        }
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            bounded(waiting, line, MAX_WAITING);
            bounded(tail, line, TAIL);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void bounded(Deque<String> lines, String line, int most) {
        if (lines.size() == most) {
            lines.remove();
        }
        lines.add(line);
    }

}
