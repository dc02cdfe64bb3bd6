package io.pinfold.api.http;

import io.pinfold.api.json.Json;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

    /** A whole body. */
    record Whole(int status, Map<String, String> headers, Bytes body) implements Reply {

        public Whole {
            headers = Map.copyOf(headers);
        }

        /** A line for people, which browsers are not to take for anything else. */
        public static Whole text(int status, String line, Map<String, String> more) {
            Map<String, String> headers = new TreeMap<>(more);
            headers.put("Content-Type", "text/plain; charset=utf-8");
            headers.put("X-Content-Type-Options", "nosniff");
            return new Whole(status, headers, Bytes.copyOf((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * A body that is written as it comes. To {@code HEAD} its headers alone are answered.
     *
     * @param length bytes of the body, if they are known; else it goes in chunks
     * @param tells whether the trailer {@code X-Stream-Error} tells of a failure after the first byte; otherwise, and where the
     *        length is known, the connection is cut then
     */
    record Stream(Map<String, String> headers, OptionalLong length, boolean tells, Body body)
            implements
                Reply {

        public Stream {
            headers = Map.copyOf(headers);
        }

        /** Writes a body on the calling thread. */
        @FunctionalInterface
        public interface Body {

            /**
             * Writes to {@code out}, with the first byte of which the answer begins; returns what went wrong, if anything did.
             *
             * @throws IOException if {@code out} does, or if the connection is to be cut
             */
            Optional<Failure> write(OutputStream out) throws IOException;
        }

        /**
         * A body that is not whole.
         *
         * @param instead what to answer if nothing was written yet
         * @param message for the trailer otherwise
         */
        public record Failure(Reply instead, String message) {}
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
