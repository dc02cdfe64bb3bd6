package io.pinfold.ipfsnode.unixfs.write;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for work that another thread does for this one. */
final class Work {

    private Work() {}

    /** What {@code work} gives, and what it throws; an interrupt waits until then. */
    static <T> T result(Future<T> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a step of the import failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
