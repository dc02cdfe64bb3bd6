package io.pinfold.api.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream with delimiters in it, {@code CRLF--boundary}: gives what lies before the next one, and what follows it, from a
 * buffer of fixed size.
 */
final class Delimited {

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    /** Bytes before it are certainly not of a delimiter. */
    private int clear;
    /** Whether a delimiter begins at {@code clear}. */
    private boolean atDelimiter;

    /** The delimiter may also stand at the very beginning, without its line break. */
    Delimited(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /** Reads what lies before the next delimiter; -1 when it is reached. */
    int read(byte[] into, int offset, int length) throws IOException {
        while (start == clear && !atDelimiter) {
            search();
        }
        if (start == clear) {
            return -1;
        }
        int count = Math.min(length, clear - start);
        System.arraycopy(buffer, start, into, offset, count);
        start += count;
        return count;
    }

    /** Goes past the delimiter that was reached. */
    void pass() {
        start += delimiter.length;
        clear = start;
        atDelimiter = false;
    }

    /** The next byte, whatever it belongs to; -1 at the end of all. For what follows a delimiter. */
    int next() throws IOException {
        if (start == end && !fill()) {
            return -1;
        }
        clear = Math.max(clear, start + 1);
        return buffer[start++] & 0xff;
    }

    /** Moves {@code clear} on to the next delimiter, to what may be one, or to the end of what is here. */
    private void search() throws IOException {
        for (int at = clear; at < end; at++) {
            if (buffer[at] == '\r') {
                int alike = 1;
                while (alike < delimiter.length && at + alike < end && buffer[at + alike] == delimiter[alike]) {
                    alike++;
                }
                if (alike == delimiter.length) {
                    clear = at;
                    atDelimiter = true;
                    return;
                }
                if (at + alike == end) {
                    more(at);
                    return;
                }
            }
        }
        more(end);
    }

    /** Sets {@code clear}, and reads on if nothing can be given out before it. */
    private void more(int before) throws IOException {
        clear = before;
        if (start == clear && !fill()) {
            throw new BadMultipartException("the upload ends before its closing boundary");
        }
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        clear = Math.max(0, clear - start);
        end -= start;
        start = 0;
        int count = in.read(buffer, end, buffer.length - end);
        end += Math.max(count, 0);
        return count > 0;
    }
}
