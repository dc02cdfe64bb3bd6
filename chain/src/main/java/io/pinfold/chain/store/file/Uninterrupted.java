package io.pinfold.chain.store.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Runs file operations to their end although the thread is interrupted; the interrupt is pending again afterwards. */
public final class Uninterrupted {

    /** An operation that may be run again from its beginning; a file closed for good it tells by another exception. */
    @FunctionalInterface
    public interface Operation<T> {
        /** Runs it. */
        T run() throws IOException;
    }

    private Uninterrupted() {}

    /** What {@code operation} returns; it is run again whenever an interrupt, of this thread or another, closed its channel. */
    public static <T> T call(Operation<T> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return operation.run();
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
