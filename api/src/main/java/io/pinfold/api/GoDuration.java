package io.pinfold.api;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in Go's form: {@code 1h30m}, {@code 2.5s}, {@code 300ms}; units ns, us, ms, s, m, h; up to 290 years. */
public final class GoDuration {

    private static final Pattern FORM = Pattern.compile("(?:[0-9]{1,12}(?:\\.[0-9]{1,9})?(?:ns|us|µs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of("ns", 1L, "us", 1_000L, "µs", 1_000L, "ms", 1_000_000L, "s",
            1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
    private static final int MAX_TEXT = 64;

    private GoDuration() {}

    /** The duration that {@code text} spells; {@code 0} needs no unit, negative ones are refused. */
    public static Decoded<Duration> parse(String text) {
        if (text.equals("0")) {
            return Decoded.ok(Duration.ZERO);
        }
        if (text.length() > MAX_TEXT || !FORM.matcher(text).matches()) {
            return Decoded.refused(Refusal.Kind.MALFORMED, text + " is not a duration as in 1h30m, 45s or 300ms");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        for (Matcher part = PART.matcher(text); part.find();) {
            BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Decoded.refused(Refusal.Kind.OVERFLOW, text + " is longer than 290 years")
                : Decoded.ok(Duration.ofNanos(nanos.longValue()));
    }
}
