package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.nio.charset.StandardCharsets;

/** A text on one line of at most so many bytes in UTF-8. */
public record Texts(int minBytes, int maxBytes) implements ValueType<String> {

    @Override
    public Decoded<String> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(this::text);
    }

    private Decoded<String> text(String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size < minBytes || size > maxBytes) {
            return Decoded.refused(Kind.TOO_LONG, "it has " + size + " bytes");
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? Decoded.refused(Kind.MALFORMED, "control characters")
                : Decoded.ok(text);
    }

    @Override
    public String expected() {
        return "a text of " + minBytes + " to " + maxBytes + " bytes without control characters";
    }

    @Override
    public String show(String value) {
        return value;
    }
}
