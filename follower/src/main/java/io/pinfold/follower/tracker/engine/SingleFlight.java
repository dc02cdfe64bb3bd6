package io.pinfold.follower.tracker.engine;

/** A task that runs on a job of its own, never twice at once; asked for while it runs, it runs once more. */
final class SingleFlight {

    private final Jobs jobs;
    private final Runnable task;
    private boolean running;
    private boolean again;

    SingleFlight(Jobs jobs, Runnable task) {
        this.jobs = jobs;
        this.task = task;
    }

    /** Has the task begin after this call. */
    void request() {
        synchronized (this) {
            if (running) {
                again = true;
                return;
            }
            running = true;
        }
        if (!jobs.start(this::run)) {
            landed();
        }
    }

    private void run() {
        try {
            task.run();
        } finally {
            if (landed()) {
                request();
            }
        }
    }

    private synchronized boolean landed() {
        boolean wanted = again;
        running = false;
        again = false;
        return wanted;
    }
}
