package io.pinfold.libp2p.limit;

/** Waiting for threads to end. */
public final class Threads {

    private Threads() {}

    /** Waits until {@code thread} has ended; an interrupt is kept for later. The own thread is not waited for. */
    public static void join(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
