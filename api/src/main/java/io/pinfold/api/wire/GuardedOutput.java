package io.pinfold.api.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes of an answer, each with a deadline, so that a client that does not read is not waited for without end. */
final class GuardedOutput extends FilterOutputStream {

    private final Deadline deadline;
    private final Duration wait;

    GuardedOutput(OutputStream out, Deadline deadline, Duration wait) {
        super(out);
        this.deadline = deadline;
        this.wait = wait;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        deadline.arm(wait);
        out.write(bytes, offset, length);
        deadline.disarm();
    }
}
