package io.pinfold.cli.ctl.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Map;

/** A body in chunks; when it has ended, its trailers are in the map. */
final class ChunkedInput extends InputStream {

    private static final int MAX_DIGITS = 8;

    private final InputStream in;
    private final Map<String, String> trailers;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in, Map<String, String> trailers) {
        this.in = in;
        this.trailers = trailers;
    }

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
        if (left == 0 && !begin()) {
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

    /** Begins the next chunk; false after the last one. */
    private boolean begin() throws IOException {
        if (ended) {
            return false;
        }
        if (!first && !HttpLines.line(in).isEmpty()) {
            throw new ProtocolException("a chunk is longer than it says");
        }
        first = false;
        String size = HttpLines.line(in).replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9a-fA-F]{1," + MAX_DIGITS + "}")) {
            throw new ProtocolException("a chunk without a size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            HttpLines.fields(in, trailers);
        }
        return !ended;
    }
}
