package io.pinfold.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** A body that comes in one or more parts, whose lengths are told before them. */
abstract class PartInput extends InputStream {

    private final InputStream in;
    private long left;

    /** A body in {@code in}, of which {@code first} bytes come before {@link #next} is asked. */
    PartInput(InputStream in, long first) {
        this.in = in;
        this.left = first;
    }

    /** The length of the next part; 0 if the body has ended. Is asked again after the end. */
    abstract long next() throws IOException;

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            left = next();
        }
        if (left == 0) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new ProtocolException("the answer was cut off");
        }
        left -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
