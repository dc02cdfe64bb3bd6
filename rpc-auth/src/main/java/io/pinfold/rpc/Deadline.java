package io.pinfold.rpc;

import io.pinfold.libp2p.Stream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * An instant by which work on a stream must be done, however many reads and writes it takes.
 *
 * <p>A stream bounds each read and write by itself, which whoever sends one byte at a time can stretch for ever; so
 * before each of them the stream gets the time that is left.
 *
 * @param clock tells the time
 * @param at the deadline
 * @param idle bound of each single read or write, within what is left
 */
public record Deadline(InstantSource clock, Instant at, Duration idle) {

    /** A deadline {@code after} from now. */
    public static Deadline after(Duration after, InstantSource clock) {
        return new Deadline(clock, clock.instant().plus(after), after);
    }

    /** Time that is left, at least zero, at most the idle bound. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), at);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(idle) > 0 ? idle : left;
    }

    /** Gives {@code stream} the time that is left for its next read or write. */
    public void applyTo(Stream stream) throws SocketTimeoutException {
        Duration left = left();
        if (left.isZero()) {
            throw new SocketTimeoutException("deadline has passed");
        }
        stream.setTimeout(left);
    }

    /** The input of {@code stream}, each read of it within this deadline. */
    public InputStream input(Stream stream) {
        return new FilterInputStream(stream.input()) {
            @Override
            public int read() throws IOException {
                applyTo(stream);
                return super.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                applyTo(stream);
                return super.read(target, offset, length);
            }
        };
    }
}
