package io.pinfold.chain.core.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The golden vectors of a page of the protocol: the lines {@code name = value} between the fences "```vectors" and "```". */
public final class VectorPage {

    private final Map<String, String> vectors = new LinkedHashMap<>();

    /** The vectors of {@code docs/protocol/<page>}. */
    public VectorPage(String page) {
        Path file = Path.of("..", "docs", "protocol", page);
        try {
            boolean inside = false;
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("```")) {
                    inside = line.equals("```vectors");
                } else if (inside && line.contains(" = ")) {
                    int at = line.indexOf(" = ");
                    vectors.put(line.substring(0, at).strip(), line.substring(at + 3).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value called {@code name}. */
    public String get(String name) {
        String value = vectors.get(name);
        if (value == null) {
            throw new AssertionError("the page has no vector " + name);
        }
        return value;
    }
}
