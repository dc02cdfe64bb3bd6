package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.util.regex.Pattern;

/** A whole number within bounds. */
public record Integers(int min, int max) implements ValueType<Integer> {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,10}");

    @Override
    public Decoded<Integer> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(this::number);
    }

    private Decoded<Integer> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Decoded.refused(Kind.MALFORMED, "not a whole number");
        }
        long value = Long.parseLong(text);
        return value >= min && value <= max
                ? Decoded.ok((int) value)
                : Decoded.refused(Kind.OVERFLOW, text + " is out of range");
    }

    @Override
    public String expected() {
        return "a whole number from " + min + " to " + max;
    }

    @Override
    public String show(Integer value) {
        return value.toString();
    }
}
