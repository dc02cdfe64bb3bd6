package io.pinfold.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The lines of an HTTP/1.1 answer's head and of its trailers, of bounded length and number. */
public final class HttpLines {

    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_FIELDS = 256;
    private static final int MAX_INTERIM = 8;

    private HttpLines() {}

    /** The next line without its end. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() >= MAX_LINE) {
                throw new ProtocolException(next < 0 ? "the answer was cut off" : "a line is too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Puts the fields up to the empty line into {@code fields}, names in small letters. */
    static void fields(InputStream in, Map<String, String> fields) throws IOException {
        int count = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++count > MAX_FIELDS) {
                throw new ProtocolException("a header that is none, or too many of them");
            }
            fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
    }

    /** Reads the head of an answer, interim or not, puts its fields in place of those in {@code fields}, and gives its code. */
    public static int head(InputStream in, Map<String, String> fields) throws IOException {
        int code = status(line(in));
        fields.clear();
        fields(in, fields);
        return code;
    }

    /** The same for the answer itself: interim ones are passed over. */
    public static int answer(InputStream in, Map<String, String> fields) throws IOException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            int code = head(in, fields);
            if (code >= 200) {
                return code;
            }
        }
        throw new ProtocolException("no answer after " + MAX_INTERIM + " interim ones");
    }

    private static int status(String line) throws ProtocolException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
            throw new ProtocolException("that is no answer of HTTP/1.1");
        }
        return Integer.parseInt(words[1]);
    }

    /** The body that follows a head with {@code fields}, which get its trailers when it has ended. */
    public static InputStream body(InputStream in, Map<String, String> fields) throws ProtocolException {
        if (fields.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return new ChunkedInput(in, fields);
        }
        String length = fields.getOrDefault("content-length", "");
        if (length.isEmpty()) {
            return in;
        }
        if (!length.matches("[0-9]{1,15}")) {
            throw new ProtocolException("no length: " + length);
        }
        return new LimitedInput(in, Long.parseLong(length));
    }
}
