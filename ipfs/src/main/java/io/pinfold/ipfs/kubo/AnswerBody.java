package io.pinfold.ipfs.kubo;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;

/** The body of an answer, to be read to its end. */
record AnswerBody(InputStream stream, boolean announcesTrailer, Pulse pulse) {

    /** The most bytes of one JSON object in an answer. */
    static final int MAX_OBJECT = 4 * 1024 * 1024;

    /** The most bytes of one line of a long answer. */
    static final int MAX_LINE = 64 * 1024;

    /** Makes something of a body. */
    @FunctionalInterface
    interface Reader<T> {

        /** Reads {@code body} to its end, or throws if it is not what was promised. */
        T read(AnswerBody body) throws IOException;
    }

    /** Reads an answer that is one JSON object. */
    static Reader<JsonNode> object() {
        return body -> {
            JsonLines lines = body.lines(MAX_OBJECT);
            JsonNode only = lines.next();
            if (only == null) {
                throw new BrokenAnswerException("an empty answer");
            }
            if (lines.next() != null) {
                throw new BrokenAnswerException("more than one object");
            }
            return only;
        };
    }

    /** Its lines, each a JSON object of at most {@code maxLine} bytes. */
    JsonLines lines(int maxLine) {
        return new JsonLines(stream, maxLine);
    }

    /** All of it, at most {@code max} bytes. */
    byte[] bytes(int max) throws IOException {
        byte[] all = stream.readNBytes(max);
        if (stream.read() >= 0) {
            throw new BrokenAnswerException("more than " + max + " bytes");
        }
        return all;
    }

    /** The text that an object has under {@code name}. */
    static String text(JsonNode object, String name) throws BrokenAnswerException {
        JsonNode value = object.get(name);
        if (value == null || !value.isString()) {
            throw new BrokenAnswerException("an answer without the text '" + name + "'");
        }
        return value.asString();
    }
}
