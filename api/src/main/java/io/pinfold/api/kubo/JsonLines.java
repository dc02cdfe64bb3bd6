package io.pinfold.api.kubo;

import io.pinfold.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/** Writes values of JSON as lines: at once when they come slowly, together when they come fast. */
final class JsonLines {

    private static final long FLUSH_NANOS = 10_000_000;

    private final OutputStream out;
    private final JsonGenerator json;
    private long flushed = System.nanoTime() - FLUSH_NANOS;
    private boolean begun;

    JsonLines(OutputStream out) {
        this.out = out;
        this.json = Json.generator(out);
    }

    /** Nobody reads any more. */
    static final class BrokenException extends RuntimeException {

        private static final long serialVersionUID = 1;

        BrokenException(Exception cause) {
            super(cause);
        }
    }

    /**
     * Writes a value.
     *
     * @throws BrokenException when nobody reads any more
     */
    void add(Consumer<JsonGenerator> value) {
        try {
            begun = true;
            value.accept(json);
            json.writeRaw('\n');
            if (System.nanoTime() - flushed >= FLUSH_NANOS) {
                json.flush();
                out.flush();
                flushed = System.nanoTime();
            }
        } catch (JacksonIOException | IOException e) {
            throw new BrokenException(e);
        }
    }

    /** Hands on what was gathered; the stream stays open. */
    void close() throws IOException {
        if (begun) {
            try {
                json.flush();
            } catch (JacksonIOException e) {
                throw new IOException("the client went away", e);
            }
        }
    }
}
