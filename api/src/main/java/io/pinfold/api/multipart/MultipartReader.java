package io.pinfold.api.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the parts of a body one after the other, each with its content as a stream.
 *
 * <p>For one thread. Whatever is sent, it takes 64 KiB and one part's headers of memory. A body that is malformed, cut off or over
 * a bound ends with {@link BadMultipartException}, from here or from a part's stream.
 */
public final class MultipartReader {

    /** The most bytes of all headers of a part; a path of the greatest length fits, percent-encoded. */
    public static final int MAX_HEADER = 32 * 1024;

    /** The most headers of a part. */
    public static final int MAX_HEADERS = 32;

    /** The most parts of an upload. */
    public static final int MAX_PARTS = 4 << 20;

    /** The longest boundary (RFC 2046 section 5.1.1). */
    public static final int MAX_BOUNDARY = 70;

    /** The most bytes before the first part, and after the last one; neither means anything. */
    public static final int MAX_AROUND = 4096;

    private final Delimited input;
    private int parts;
    private boolean ended;
    private @Nullable Content open;
    private @Nullable IOException failure;

    private MultipartReader(InputStream in, String boundary) {
        input = new Delimited(in, boundary);
    }

    /** A reader of {@code body}, or nothing if {@code contentType} is not {@code multipart/form-data} with a boundary. */
    public static Optional<MultipartReader> of(Optional<String> contentType, InputStream body) {
        return contentType.flatMap(HeaderValue::parse)
                .filter(type -> type.word().equals("multipart/form-data"))
                .flatMap(type -> type.parameter("boundary"))
                .filter(boundary -> boundary.length() <= MAX_BOUNDARY
                        && boundary.matches("[0-9A-Za-z'()+_,./:=? -]*[0-9A-Za-z'()+_,./:=?-]"))
                .map(boundary -> new MultipartReader(body, boundary));
    }

    /** The next part, or nothing after the last one; what was not read of the one before is skipped. */
    public Optional<Part> next() throws IOException {
        try {
            return ended ? Optional.empty() : advance();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Why reading failed, if it did; a {@link BadMultipartException} if what was sent is to blame. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    private Optional<Part> advance() throws IOException {
        Content last = open;
        open = null;
        skip(last == null ? MAX_AROUND : Long.MAX_VALUE);
        input.pass();
        if (isLast()) {
            ended = true;
            return Optional.empty();
        }
        parts++;
        if (parts > MAX_PARTS) {
            throw new BadMultipartException("more than " + MAX_PARTS + " parts");
        }
        Content content = new Content();
        Part part = new Part(PartHeaders.read(input, parts), content, parts);
        open = content;
        return Optional.of(part);
    }

    private void skip(long most) throws IOException {
        byte[] some = new byte[4096];
        long skipped = 0;
        for (int count = input.read(some, 0, some.length); count >= 0; count = input.read(some, 0, some.length)) {
            skipped += count;
            if (skipped > most) {
                throw new BadMultipartException("the upload does not begin with its boundary");
            }
        }
    }

    /** Reads what follows a delimiter: two hyphens after the last part, an empty rest of the line before another. */
    private boolean isLast() throws IOException {
        int next = input.next();
        if (next == '-' && input.next() == '-') {
            for (int after = 0; input.next() >= 0; after++) {
                if (after == MAX_AROUND) {
                    throw new BadMultipartException("more follows the closing boundary");
                }
            }
            return true;
        }
        while (next == ' ' || next == '\t') {
            next = input.next();
        }
        if (next != '\r' || input.next() != '\n') {
            throw new BadMultipartException("after part " + parts + " a boundary is malformed");
        }
        return false;
    }

    /** The content of one part; at its end once another part was asked for. */
    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (open != this || length == 0) {
                return length == 0 ? 0 : -1;
            }
            try {
                return input.read(into, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
