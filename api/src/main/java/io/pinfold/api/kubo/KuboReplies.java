package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.api.json.Json;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The shapes of Kubo's answers. */
final class KuboReplies {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON = "application/json";
    private static final Map<String, String> STREAM = Map.of("X-Stream-Output", "1", "Trailer", "X-Stream-Error");
    private static final Map<String, String> LINES = Map.of(CONTENT_TYPE, JSON, "X-Chunked-Output", "1", "Trailer",
            "X-Stream-Error");

    private KuboReplies() {}

    /** Writes a body, or throws why it cannot go on. */
    @FunctionalInterface
    interface Body<T> {

        /** Writes to {@code out}. */
        void write(T out) throws CommandException, IOException;
    }

    /** One value of JSON. */
    static Reply json(Consumer<JsonGenerator> value) {
        return new Reply.Whole(200, Map.of(CONTENT_TYPE, JSON), line(value));
    }

    /** A command's failure. */
    static Reply error(String message) {
        return new Reply.Whole(500, Map.of(CONTENT_TYPE, JSON), line(json -> {
            json.writeStartObject();
            json.writeStringProperty("Message", message);
            json.writeNumberProperty("Code", 0);
            json.writeStringProperty("Type", "error");
            json.writeEndObject();
        }));
    }

    /** What has nothing to do with a command. */
    static Reply text(int status, String message) {
        return text(status, message, Map.of());
    }

    static Reply text(int status, String message, Map<String, String> more) {
        return Reply.Whole.text(status, message, more);
    }

    /** Bytes that are here already. */
    static Reply bytes(String type, Bytes bytes) {
        Map<String, String> headers = new TreeMap<>(STREAM);
        headers.put(CONTENT_TYPE, type);
        headers.remove("Trailer");
        return new Reply.Whole(200, headers, bytes);
    }

    /** Bytes as they come; {@code length} is told to who shows progress. */
    static Reply stream(String type, OptionalLong length, Body<OutputStream> body) {
        Map<String, String> headers = new TreeMap<>(STREAM);
        headers.put(CONTENT_TYPE, type);
        length.ifPresent(bytes -> headers.put("X-Content-Length", Long.toString(bytes)));
        return new Reply.Stream(headers, OptionalLong.empty(), true, out -> attempt(() -> body.write(out)));
    }

    /** Values of JSON as they come, a line each. */
    static Reply lines(Body<JsonLines> body) {
        return new Reply.Stream(LINES, OptionalLong.empty(), true, out -> attempt(() -> {
            JsonLines lines = new JsonLines(out);
            try {
                body.write(lines);
            } catch (JsonLines.BrokenException e) {
                throw new IOException("the client went away", e);
            } finally {
                lines.close();
            }
        }));
    }

    private interface Attempt {
        void run() throws CommandException, IOException;
    }

    private static Optional<Reply.Stream.Failure> attempt(Attempt attempt) throws IOException {
        try {
            attempt.run();
            return Optional.empty();
        } catch (CommandException e) {
            return Optional.of(e.asFailure());
        }
    }

    private static Bytes line(Consumer<JsonGenerator> value) {
        return Bytes.copyOf(Json.bytes(json -> {
            value.accept(json);
            json.writeRaw('\n');
        }));
    }
}
