package io.pinfold.cli.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body that goes out in chunks; each write of up to {@value #CHUNK} bytes is gathered into one. */
public final class ChunkedOutput extends OutputStream {

    private static final int CHUNK = 64 << 10;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] gathered = new byte[CHUNK];
    private int count;

    /** Writes chunks to {@code out}. */
    public ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        if (count == CHUNK) {
            flush();
        }
        gathered[count++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length;) {
            if (count == CHUNK) {
                flush();
            }
            int some = Math.min(length - done, CHUNK - count);
            System.arraycopy(bytes, offset + done, gathered, count, some);
            count += some;
            done += some;
        }
    }

    @Override
    public void flush() throws IOException {
        if (count > 0) {
            out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(gathered, 0, count);
            out.write(LINE_END);
            count = 0;
        }
    }

    /** Ends the body; the stream below stays open. A body that is left without is not taken for a whole one. */
    public void end() throws IOException {
        flush();
        out.write(END);
    }
}
