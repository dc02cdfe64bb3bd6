package io.pinfold.api.http;

import io.pinfold.api.wire.ChunkedOutput;
import io.pinfold.api.wire.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a body that is written as it comes; the answer begins with its first byte. */
final class StreamSender extends OutputStream {

    static final String STREAM_ERROR = "X-Stream-Error";

    private static final Logger LOG = LoggerFactory.getLogger(StreamSender.class);

    private final Exchange exchange;
    private final Map<String, String> headers;
    private final Reply.Stream stream;
    private @Nullable ChunkedOutput begun;
    private long written;

    StreamSender(Exchange exchange, Map<String, String> headers, Reply.Stream stream) {
        this.exchange = exchange;
        this.headers = headers;
        this.stream = stream;
    }

    /** Sends it; {@code responder} what is answered instead. */
    void send(Responder responder) throws IOException {
        if (exchange.head().method().equals("HEAD")) {
            opened().flush();
            return;
        }
        Optional<Reply.Stream.Failure> failure = produce();
        if (failure.isPresent() && begun == null) {
            responder.send(failure.get().instead());
        } else if (failure.isPresent()) {
            fail(failure.get().message());
        } else if (stream.length().isPresent() && stream.length().getAsLong() != written) {
            throw new IOException("a body of " + stream.length().getAsLong() + " bytes has " + written);
        } else {
            opened().end(Map.of());
        }
    }

    private Optional<Reply.Stream.Failure> produce() throws IOException {
        try {
            return stream.body().write(this);
        } catch (RuntimeException e) {
            LOG.error("a body ended with an error", e);
            String sentence = "internal error; the log of the daemon says more";
            return Optional.of(new Reply.Stream.Failure(Reply.problem(500, sentence), sentence));
        }
    }

    private void fail(String message) throws IOException {
        if (!stream.tells() || stream.length().isPresent()) {
            opened().flush();
            throw new IOException("a body is not whole: " + message);
        }
        opened().end(Map.of(STREAM_ERROR, message));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        written += length;
        opened().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        opened().flush();
    }

    private ChunkedOutput opened() throws IOException {
        ChunkedOutput out = begun;
        if (out == null) {
            out = exchange.open(200, headers, stream.length());
            begun = out;
        }
        return out;
    }
}
