package io.pinfold.cli.ctl.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The lines of an HTTP/1.1 answer's head and of its trailers, of bounded length and number. */
final class HttpLines {

    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_FIELDS = 256;

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
}
