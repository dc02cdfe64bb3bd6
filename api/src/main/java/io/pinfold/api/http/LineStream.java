package io.pinfold.api.http;

import io.pinfold.api.json.Json;
import io.pinfold.api.wire.ChunkedOutput;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes values as lines of JSON to a body that is opened for the first of them. Lines are sent at once when they come
 * slowly and together when they come fast, so that a reader waits for nothing and a long list costs few packets.
 */
final class LineStream implements Consumer<Consumer<? super JsonGenerator>> {

    private static final long FLUSH_NANOS = 10_000_000;

    /** Begins the answer. */
    @FunctionalInterface
    interface Opener {

        /** The body's stream. */
        ChunkedOutput open() throws IOException;
    }

    private record Opened(ChunkedOutput out, JsonGenerator json) {}

    private final Opener opener;
    private @Nullable Opened opened;
    private long flushed;

    LineStream(Opener opener) {
        this.opener = opener;
    }

    /** Whether there was a line. */
    boolean begun() {
        return opened != null;
    }

    /** Sends a line; throws {@link ClientGoneException} when nobody reads any more. */
    @Override
    public void accept(Consumer<? super JsonGenerator> value) {
        try {
            JsonGenerator json = opened().json();
            value.accept(json);
            json.writeRaw('\n');
            if (System.nanoTime() - flushed >= FLUSH_NANOS) {
                json.flush();
                flushed = System.nanoTime();
            }
        } catch (JacksonIOException | IOException e) {
            throw new ClientGoneException(e);
        }
    }

    /** Sends what is left and ends the body with trailers; there must have been a line. */
    void end(Map<String, String> trailers) {
        try {
            Opened it = opened();
            it.json().close();
            it.out().end(trailers);
        } catch (JacksonIOException | IOException e) {
            throw new ClientGoneException(e);
        }
    }

    private Opened opened() throws IOException {
        Opened it = opened;
        if (it == null) {
            ChunkedOutput out = opener.open();
            it = new Opened(out, Json.generator(out));
            opened = it;
            flushed = System.nanoTime() - FLUSH_NANOS;
        }
        return it;
    }

    /** The connection broke while lines were sent. */
    static final class ClientGoneException extends RuntimeException {

        private static final long serialVersionUID = 1;

        ClientGoneException(Exception cause) {
            super(cause);
        }
    }
}
