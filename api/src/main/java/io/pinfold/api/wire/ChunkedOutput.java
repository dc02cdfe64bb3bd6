package io.pinfold.api.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A body of unknown length: gathered, and sent in chunks (RFC 9112 section 7.1) when full or flushed. */
public final class ChunkedOutput extends OutputStream {

    private static final int GATHERED = 16 * 1024;

    private final OutputStream out;
    private final boolean chunked;
    private final byte[] gathered = new byte[GATHERED];
    private int count;

    ChunkedOutput(OutputStream out, boolean chunked) {
        this.out = out;
        this.chunked = chunked;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (count == GATHERED) {
                chunk();
            }
            int some = Math.min(left, GATHERED - count);
            System.arraycopy(bytes, from, gathered, count, some);
            count += some;
            from += some;
            left -= some;
        }
    }

    @Override
    public void flush() throws IOException {
        chunk();
        out.flush();
    }

    /** Ends the body with trailers, each of whose names stood in the header {@code Trailer}. */
    public void end(Map<String, String> trailers) throws IOException {
        chunk();
        if (chunked) {
            StringBuilder end = new StringBuilder("0\r\n");
            trailers.forEach((name, value) -> end.append(name)
                    .append(": ")
                    .append(Exchange.oneLine(value))
                    .append("\r\n"));
            out.write(end.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flush();
    }

    private void chunk() throws IOException {
        if (count > 0) {
            if (chunked) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write(gathered, 0, count);
            if (chunked) {
                out.write('\r');
                out.write('\n');
            }
            count = 0;
        }
    }
}
