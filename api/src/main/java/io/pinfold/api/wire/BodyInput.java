package io.pinfold.api.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The body of a request, of a length told beforehand or in chunks (RFC 9112 sections 6 and 7); trailers are skipped. */
final class BodyInput extends InputStream {

    private static final int MAX_LINE = 1024;
    private static final int MAX_TRAILERS = 16;

    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean begun;
    private boolean ended;

    private BodyInput(InputStream in, boolean chunked, long length) {
        this.in = in;
        this.chunked = chunked;
        this.left = length;
        this.ended = !chunked && length == 0;
    }

    /** The body that follows a head. */
    static BodyInput of(Head head, InputStream in) throws BadRequestException {
        List<String> codings = head.headers().getOrDefault("transfer-encoding", List.of());
        List<String> lengths = head.headers().getOrDefault("content-length", List.of());
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty() || head.http10()) {
                throw new BadRequestException(400, "the body's length is told in two ways");
            }
            if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
                throw new BadRequestException(501, "the body's coding is not understood");
            }
            return new BodyInput(in, true, 0);
        }
        if (lengths.size() > 1 || (lengths.size() == 1 && !lengths.get(0).matches("[0-9]{1,18}"))) {
            throw new BadRequestException(400, "the body's length is malformed");
        }
        return new BodyInput(in, false, lengths.isEmpty() ? 0 : Long.parseLong(lengths.get(0)));
    }

    /** Whether all of it was read. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the client ended within the body");
        }
        left -= count;
        ended = !chunked && left == 0;
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !line().isEmpty()) {
            throw new BadRequestException(400, "a chunk is longer than it says");
        }
        begun = true;
        String size = line();
        int semicolon = size.indexOf(';');
        String digits = semicolon < 0 ? size : size.substring(0, semicolon).strip();
        if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
            throw new BadRequestException(400, "a chunk's size is malformed");
        }
        left = Long.parseLong(digits, 16);
        if (left == 0) {
            for (int trailers = 0; !line().isEmpty(); trailers++) {
                if (trailers >= MAX_TRAILERS) {
                    throw new BadRequestException(431, "too many trailers");
                }
            }
            ended = true;
        }
    }

    private String line() throws IOException {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the client ended within the body");
            }
            if (length == MAX_LINE || next == '\n') {
                throw new BadRequestException(400, "a line between chunks is malformed");
            }
            line[length++] = (byte) next;
        }
        if (in.read() != '\n') {
            throw new BadRequestException(400, "a line between chunks is malformed");
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
}
