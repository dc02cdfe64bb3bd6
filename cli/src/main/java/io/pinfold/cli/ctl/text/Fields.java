package io.pinfold.cli.ctl.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads fields of answers for showing; names and errors come from strangers, so control characters never reach a terminal. */
final class Fields {

    private static final char REPLACEMENT = '\uFFFD';

    private Fields() {}

    /** The text of a field, empty if there is none. */
    static String text(JsonNode object, String name) {
        return safe(object.path(name).asString(""));
    }

    /** The texts of an array. */
    static List<String> texts(JsonNode object, String name) {
        List<String> texts = new ArrayList<>();
        object.path(name).forEach(item -> texts.add(safe(item.asString(""))));
        return texts;
    }

    /** The time in a field; none for what stands for no time. */
    static Optional<Instant> time(JsonNode object, String name) {
        try {
            Instant time = OffsetDateTime.parse(object.path(name).asString("")).toInstant();
            return time.getEpochSecond() <= 0 ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** {@code text} without anything that a terminal could take for an order. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean harmless = !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT
                    && point != 0x2028 && point != 0x2029;
            safe.appendCodePoint(harmless ? point : REPLACEMENT);
        });
        return safe.toString();
    }
}
