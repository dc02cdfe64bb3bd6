package io.pinfold.libp2p.yamux;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands what waits in the outbox to the link, as much at once as fits. */
final class FrameWriter {

    /** What the link is handed at once; one message of a Noise channel. */
    static final int BUFFER = 65535 - 16;

    /** What the buffer begins with, until a frame does not fit. */
    private static final int SMALL_BUFFER = 2048;

    private final Outbox outbox;
    private final OutputStream out;
    private final Liveness liveness;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    FrameWriter(Outbox outbox, OutputStream out, Liveness liveness) {
        this.outbox = outbox;
        this.out = out;
        this.liveness = liveness;
    }

    /** Writes until the outbox has ended. */
    void run() throws IOException {
        byte[] buffer = new byte[SMALL_BUFFER];
        try {
            for (int size = outbox.fill(buffer); size >= 0; size = outbox.fill(buffer)) {
                if (size == 0) {
                    buffer = new byte[BUFFER];
                    continue;
                }
                liveness.writing(System.nanoTime());
                out.write(buffer, 0, size);
                out.flush();
                liveness.written();
            }
        } finally {
            done.complete(null);
        }
    }

    /** Waits until all is written or cannot be; false if it was not in time, or if this thread was interrupted, which it stays. */
    boolean awaitEnd(Duration timeout) {
        try {
            done.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
