package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Generated content, byte i being i mod 251, written and checked while it flows. */
final class Content {

    static final int MIB = 1 << 20;

    private static final int PERIOD = 251;
    private static final int CHUNK = 32 * 1024;
    private static final byte[] PATTERN = pattern();
    private static final int PATIENCE_SECONDS = 30;

    private Content() {}

    private static byte[] pattern() {
        byte[] pattern = new byte[CHUNK + PERIOD];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) (i % PERIOD);
        }
        return pattern;
    }

    /** Writes {@code size} bytes. */
    static void write(OutputStream out, long size) throws IOException {
        for (long at = 0; at < size;) {
            int count = (int) Math.min(CHUNK, size - at);
            out.write(PATTERN, (int) (at % PERIOD), count);
            at += count;
        }
    }

    /** Reads to the end and returns how many bytes there were; wrong ones fail. */
    static long check(InputStream in) throws IOException {
        return check(in, Long.MAX_VALUE);
    }

    /** Reads to the end, or to {@code size} bytes, and returns how many there were; wrong ones fail. */
    static long check(InputStream in, long size) throws IOException {
        byte[] piece = new byte[CHUNK];
        long at = 0;
        while (at < size) {
            int count = in.read(piece, 0, (int) Math.min(CHUNK, size - at));
            if (count < 0) {
                break;
            }
            int from = (int) (at % PERIOD);
            if (!Arrays.equals(piece, 0, count, PATTERN, from, from + count)) {
                throw new AssertionError("wrong content within " + count + " bytes from " + at);
            }
            at += count;
        }
        return at;
    }

    /**
     * Sends {@code size} bytes through {@code stream} and checks that they come back. The stream is closed only then:
     * Kubo's streams to TCP do not pass on that one direction is closed.
     */
    static CompletableFuture<Void> echo(Stream stream, long size) {
        CompletableFuture<Void> written = background(() -> write(stream.output(), size));
        CompletableFuture<Void> read = background(() -> {
            long count = check(stream.input(), size);
            stream.close();
            if (count != size) {
                throw new AssertionError(count + " bytes came back instead of " + size);
            }
        });
        return CompletableFuture.allOf(written, read);
    }

    interface Action {
        void run() throws IOException;
    }

    static CompletableFuture<Void> background(Action action) {
        return CompletableFuture.runAsync(() -> {
            try {
                action.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.startVirtualThread(task));
    }

    /** Does {@code action} so many times at once and returns the milliseconds that all of them took. */
    static long timed(int times, Supplier<CompletableFuture<Void>> action)
            throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            running.add(action.get());
        }
        for (CompletableFuture<Void> one : running) {
            one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
