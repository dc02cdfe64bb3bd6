package io.pinfold.api.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads of a body, each with a deadline. */
final class GuardedInput extends FilterInputStream {

    private final Deadline deadline;
    private final Duration wait;

    GuardedInput(InputStream in, Deadline deadline, Duration wait) {
        super(in);
        this.deadline = deadline;
        this.wait = wait;
    }

    @Override
    public int read() throws IOException {
        deadline.arm(wait);
        int next = in.read();
        deadline.disarm();
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        deadline.arm(wait);
        int count = in.read(into, offset, length);
        deadline.disarm();
        return count;
    }
}
