package io.pinfold.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Map;

/** A body in chunks; when it has ended, its trailers are in the map. */
final class ChunkedInput extends PartInput {

    private static final int MAX_DIGITS = 8;

    private final InputStream in;
    private final Map<String, String> trailers;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in, Map<String, String> trailers) {
        super(in, 0);
        this.in = in;
        this.trailers = trailers;
    }

    @Override
    long next() throws IOException {
        if (ended) {
            return 0;
        }
        if (!first && !HttpLines.line(in).isEmpty()) {
            throw new ProtocolException("a chunk is longer than it says");
        }
        first = false;
        String size = HttpLines.line(in).replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9a-fA-F]{1," + MAX_DIGITS + "}")) {
            throw new ProtocolException("a chunk without a size");
        }
        long length = Long.parseLong(size, 16);
        if (length == 0) {
            ended = true;
            HttpLines.fields(in, trailers);
        }
        return length;
    }
}
