package io.pinfold.api.gateway;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** A stream that breaks after so many bytes, or after so long. */
final class BoundedOutput extends FilterOutputStream {

    private final long end;
    private long left;

    BoundedOutput(OutputStream out, long bytes, Duration time) {
        super(out);
        this.left = bytes;
        this.end = System.nanoTime() + time.toNanos();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        left -= length;
        if (left < 0 || System.nanoTime() - end > 0) {
            throw new IOException("an answer is too long");
        }
        out.write(bytes, offset, length);
    }
}
