package io.pinfold.ipfs.kubo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The JSON objects of a stream that has one on each line, in memory bounded by the longest line allowed. */
final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int START_SIZE = 32 * 1024;

    private final InputStream in;
    private final int maxLine;
    private byte[] buffer = new byte[START_SIZE];
    private int from;
    private int to;
    private boolean ended;

    /** @param maxLine the most bytes of a line, its end not counted */
    JsonLines(InputStream in, int maxLine) {
        this.in = in;
        this.maxLine = maxLine;
    }

    /** The next object, or null at the end of the stream. */
    @Nullable
    JsonNode next() throws IOException {
        while (true) {
            int end = lineEnd();
            if (end < 0) {
                return null;
            }
            int start = from;
            from = Math.min(end + 1, to);
            if (!blank(start, end)) {
                return parse(start, end);
            }
        }
    }

    /** Where the line that begins at {@code from} ends; -1 if there is none. */
    private int lineEnd() throws IOException {
        int looked = from;
        while (true) {
            for (int i = looked; i < to; i++) {
                if (buffer[i] == '\n') {
                    return check(i);
                }
            }
            looked = to;
            if (ended) {
                return from < to ? check(to) : -1;
            }
            check(to);
            int moved = makeRoom();
            looked -= moved;
            int count = in.read(buffer, to, buffer.length - to);
            if (count < 0) {
                ended = true;
            } else {
                to += count;
            }
        }
    }

    private int check(int end) throws BrokenAnswerException {
        if (end - from > maxLine) {
            throw new BrokenAnswerException("a line of more than " + maxLine + " bytes");
        }
        return end;
    }

    /** Makes room for at least one byte and says by how much what is there was moved to the front. */
    private int makeRoom() {
        if (to < buffer.length) {
            return 0;
        }
        int moved = from;
        if (moved > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= moved;
            from = 0;
        } else {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, Math.max(maxLine, START_SIZE) + START_SIZE));
        }
        return moved;
    }

    private boolean blank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private JsonNode parse(int start, int end) throws BrokenAnswerException {
        try {
            JsonNode node = JSON.readTree(buffer, start, end - start);
            if (!node.isObject()) {
                throw new BrokenAnswerException("not a JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw new BrokenAnswerException("not JSON: " + e.getOriginalMessage());
        }
    }
}
