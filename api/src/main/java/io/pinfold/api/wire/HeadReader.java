package io.pinfold.api.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads request heads, line by line, each within a bound (RFC 9112 sections 2 to 5). */
final class HeadReader {

    private static final Pattern REQUEST_LINE = Pattern
            .compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) (\\S+) HTTP/(\\d)\\.(\\d)");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");
    private static final Pattern TARGET = Pattern.compile("(?:[a-z]+://[^/?#\\\\]*)?(/[^?#\\\\]*|\\*)(?:\\?([^#]*))?");
    private static final int MAX_FIELDS = 100;

    private final InputStream in;
    private final int maxRequestLine;
    private final int maxHeader;

    HeadReader(InputStream in, int maxRequestLine, int maxHeader) {
        this.in = in;
        this.maxRequestLine = maxRequestLine;
        this.maxHeader = maxHeader;
    }

    /** The next head, of which {@code first} is the first byte. */
    Head read(int first) throws IOException {
        Matcher line = REQUEST_LINE.matcher(line(first, maxRequestLine, 414, "the request line"));
        if (!line.matches()) {
            throw new BadRequestException(400, "this is not an HTTP request");
        }
        if (!line.group(3).equals("1")) {
            throw new BadRequestException(505, "only HTTP/1.1 is spoken here");
        }
        Matcher target = TARGET.matcher(line.group(2));
        if (!target.matches()) {
            throw new BadRequestException(400, "the request's target is malformed");
        }
        String query = target.group(2) == null ? "" : target.group(2);
        boolean http10 = line.group(4).equals("0");
        Head head = new Head(line.group(1), target.group(1), query, http10, fields());
        if (!http10 && head.headers().getOrDefault("host", List.of()).size() != 1) {
            throw new BadRequestException(400, "there must be one Host header");
        }
        return head;
    }

    private Map<String, List<String>> fields() throws IOException {
        Map<String, List<String>> fields = new TreeMap<>();
        int left = maxHeader;
        int count = 0;
        String text = line(in.read(), left, 431, "the header");
        while (!text.isEmpty()) {
            Matcher field = FIELD.matcher(text);
            if (!field.matches()) {
                throw new BadRequestException(400, "a header line is malformed");
            }
            if (++count > MAX_FIELDS) {
                throw new BadRequestException(431, "there are more than " + MAX_FIELDS + " header lines");
            }
            fields.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(field.group(2));
            left -= text.length() + 2;
            text = line(in.read(), left, 431, "the header");
        }
        return fields;
    }

    /** A line without its end, which is CR LF; control characters other than tab are refused. */
    private String line(int first, int max, int status, String what) throws IOException {
        byte[] line = new byte[Math.max(0, Math.min(max, 256))];
        int length = 0;
        for (int next = first; next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the client ended within " + what);
            }
            if (length >= max) {
                throw new BadRequestException(status, what + " is too long");
            }
            if ((next < ' ' && next != '\t') || next == 0x7f) {
                throw new BadRequestException(400, "a control character in " + what);
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(max, 2 * length));
            }
            line[length++] = (byte) next;
        }
        if (in.read() != '\n') {
            throw new BadRequestException(400, "a line of " + what + " ends wrongly");
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
}
