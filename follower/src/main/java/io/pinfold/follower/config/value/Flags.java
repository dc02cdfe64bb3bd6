package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;

/** True or false. */
public record Flags() implements ValueType<Boolean> {

    @Override
    public Decoded<Boolean> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(text -> switch (text) {
            case "true" -> Decoded.ok(true);
            case "false" -> Decoded.ok(false);
            default -> Decoded.refused(Kind.MALFORMED, "neither true nor false");
        });
    }

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public String show(Boolean value) {
        return value.toString();
    }
}
