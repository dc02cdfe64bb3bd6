package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;

/** A length of time within bounds, in Go's syntax ({@code 1m30s}) or ISO 8601's ({@code PT1M30S}). */
public record Durations(Duration min, Duration max) implements ValueType<Duration> {

    @Override
    public Decoded<Duration> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(DurationText::parse).flatMap(this::within);
    }

    private Decoded<Duration> within(Duration value) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0
                ? Decoded.ok(value)
                : Decoded.refused(Refusal.Kind.OVERFLOW, DurationText.format(value) + " is out of range");
    }

    @Override
    public String expected() {
        return "a duration from " + DurationText.format(min) + " to " + DurationText.format(max)
                + ", such as 30s, 1m30s or 24h";
    }

    @Override
    public String show(Duration value) {
        return DurationText.format(value);
    }
}
