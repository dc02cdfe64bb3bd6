package io.pinfold.api.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the headers of a part: lines of {@code Name: value} in UTF-8, none folded, none twice. */
final class PartHeaders {

    private final Delimited input;
    private final int part;
    private int left = MultipartReader.MAX_HEADER;

    private PartHeaders(Delimited input, int part) {
        this.input = input;
        this.part = part;
    }

    /** The headers by name in lower case; their empty line is passed. */
    static Map<String, String> read(Delimited input, int part) throws IOException {
        return new PartHeaders(input, part).read();
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
                throw bad("a header is malformed");
            }
            if (headers.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
                throw bad("the header " + name + " stands twice");
            }
            if (headers.size() > MultipartReader.MAX_HEADERS) {
                throw bad("there are more than " + MultipartReader.MAX_HEADERS + " headers");
            }
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.next(); next != '\r'; next = input.next()) {
            if (next < 0) {
                throw bad("the upload ends within the headers");
            }
            if (left == 0) {
                throw bad("the headers have more than " + MultipartReader.MAX_HEADER + " bytes");
            }
            if (next == '\n' || next == 0) {
                throw bad("a header is malformed");
            }
            left--;
            line.write(next);
        }
        if (input.next() != '\n') {
            throw bad("a header is malformed");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
        } catch (CharacterCodingException _) {
            throw bad("a header is not UTF-8");
        }
    }

    private BadMultipartException bad(String why) {
        return new BadMultipartException("part " + part + ": " + why);
    }
}
