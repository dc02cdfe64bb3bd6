package io.pinfold.follower.peers;

import io.pinfold.libp2p.limit.Threads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short tasks on virtual threads of their own, all ended by {@link #close}. Past {@link #MAX_TASKS} a task is dropped. */
public final class TaskGroup implements AutoCloseable {

    /** Most tasks at a time. */
    public static final int MAX_TASKS = 4_096;

    private static final Logger log = LoggerFactory.getLogger(TaskGroup.class);

    private final String name;
    private final AtomicLong number = new AtomicLong();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A group whose threads are called {@code name} and a number. */
    public TaskGroup(String name) {
        this.name = name;
    }

    /** What runs on a thread of its own; an interrupt is a request to end. */
    @FunctionalInterface
    public interface Task {
        /** Does the work. */
        void run() throws InterruptedException;
    }

    /** Starts {@code task}; false if the group is closed or full. */
    public boolean run(Task task) {
        if (closed || running.size() >= MAX_TASKS) {
            return false;
        }
        Thread thread = Thread.ofVirtual().name(name + "-" + number.getAndIncrement()).unstarted(() -> guarded(task));
        running.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
        return true;
    }

    private void guarded(Task task) {
        try {
            task.run();
        } catch (InterruptedException e) {
            log.debug("{} ended early", name);
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    /** Interrupts all tasks and returns when they have ended. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : running) {
            thread.interrupt();
            Threads.join(thread);
        }
    }
}
