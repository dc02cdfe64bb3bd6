package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;

/** A number of bytes within bounds, with a unit of 1000 ({@code 10GB}) or of 1024 ({@code 1MiB}), or without. */
public record Sizes(long min, long max) implements ValueType<Long> {

    @Override
    public Decoded<Long> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(SizeText::parse).flatMap(this::within);
    }

    private Decoded<Long> within(long value) {
        return value >= min && value <= max
                ? Decoded.ok(value)
                : Decoded.refused(Refusal.Kind.OVERFLOW, SizeText.format(value) + " is out of range");
    }

    @Override
    public String expected() {
        return "a size from " + SizeText.format(min) + " to " + SizeText.format(max) + ", such as 10GB or 1MiB";
    }

    @Override
    public String show(Long value) {
        return SizeText.format(value);
    }
}
