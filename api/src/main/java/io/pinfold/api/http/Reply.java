package io.pinfold.api.http;

import io.pinfold.api.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What is answered to a request. */
public sealed interface Reply {

    /** One JSON value. */
    record Value(int status, Consumer<? super JsonGenerator> json, Map<String, String> headers) implements Reply {

        public Value {
            headers = Map.copyOf(headers);
        }
    }

    /** A status and headers, without a body. */
    record Bare(int status, Map<String, String> headers) implements Reply {

        public Bare {
            headers = Map.copyOf(headers);
        }
    }

    /** An error: {@code {"code":…,"message":…}}. */
    record Problem(int status, String message, Map<String, String> headers) implements Reply {

        public Problem {
            headers = Map.copyOf(headers);
        }

        /** The error object. */
        byte[] body() {
            return Json.bytes(json -> {
                json.writeStartObject();
                json.writeNumberProperty("code", status);
                json.writeStringProperty("message", message);
                json.writeEndObject();
            });
        }

        /** This problem with one more header. */
        public Problem with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Problem(status, message, more);
        }
    }

    /**
     * Lines of JSON, written as they come: 200 and a line per value, or 204 when there is none. A problem before the
     * first line is answered as itself, a later one in the trailer {@code X-Stream-Error}.
     */
    record Lines(Producer producer) implements Reply {

        /** Produces the lines on the calling thread. */
        @FunctionalInterface
        public interface Producer {

            /** Gives each line's value to {@code line}; returns what went wrong, if anything did. */
            Optional<Problem> produce(Consumer<Consumer<? super JsonGenerator>> line);
        }
    }

    /** 200 with a value. */
    static Reply ok(Consumer<? super JsonGenerator> json) {
        return new Value(200, json, Map.of());
    }

    /** 204. */
    static Reply nothing() {
        return new Bare(204, Map.of());
    }

    /** An error. */
    static Problem problem(int status, String message) {
        return new Problem(status, message, Map.of());
    }
}
