package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and reads durations as Go does: decimal numbers with units, such as {@code 1h15m30.5s}; reads ISO 8601 too. */
public final class DurationText {

    private static final int MAX_TEXT = 64;
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, BigDecimal> NANOS = Map.of("ns", BigDecimal.ONE, "us", BigDecimal.valueOf(1_000),
            "µs",
            BigDecimal.valueOf(1_000), "μs", BigDecimal.valueOf(1_000), "ms", BigDecimal.valueOf(1_000_000), "s",
            BigDecimal.valueOf(1_000_000_000L), "m", BigDecimal.valueOf(60_000_000_000L), "h",
            BigDecimal.valueOf(3_600_000_000_000L));

    private DurationText() {}

    /** The duration that {@code text} means; parts of a nanosecond are cut off. */
    public static Decoded<Duration> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Decoded.refused(Kind.TOO_LONG, "more than " + MAX_TEXT + " characters");
        }
        boolean negative = text.startsWith("-");
        String unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.startsWith("P") || unsigned.startsWith("p")) {
            return iso(text);
        }
        return go(unsigned).map(value -> negative ? value.negated() : value);
    }

    private static Decoded<Duration> iso(String text) {
        try {
            return Decoded.ok(Duration.parse(text));
        } catch (DateTimeException | ArithmeticException _) {
            return Decoded.refused(Kind.MALFORMED, "not an ISO 8601 duration");
        }
    }

    private static Decoded<Duration> go(String text) {
        if (text.equals("0")) {
            return Decoded.ok(Duration.ZERO);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        int at = 0;
        while (at < text.length() && parts.find(at) && parts.start() == at) {
            String number = parts.group(1);
            BigDecimal count = new BigDecimal(number.endsWith(".") ? number + "0" : number);
            nanos = nanos.add(count.multiply(NANOS.getOrDefault(parts.group(2), BigDecimal.ONE)));
            at = parts.end();
        }
        if (at == 0 || at < text.length()) {
            return Decoded.refused(Kind.MALFORMED, "a number with a unit (ns, us, ms, s, m, h) is due at \""
                    + text.substring(at) + '"');
        }
        BigDecimal whole = nanos.setScale(0, RoundingMode.DOWN);
        return whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Decoded.refused(Kind.OVERFLOW, "longer than 292 years")
                : Decoded.ok(Duration.ofNanos(whole.longValueExact()));
    }

    /** {@code value} in Go's syntax, without parts that are zero: {@code 24h}, {@code 1m30s}, {@code 1.5s}, {@code 0s}. */
    public static String format(Duration value) {
        if (value.isZero()) {
            return "0s";
        }
        if (value.isNegative()) {
            return "-" + format(value.negated());
        }
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            return fraction(value);
        }
        StringBuilder text = new StringBuilder();
        if (value.toHours() > 0) {
            text.append(value.toHours()).append('h');
        }
        if (value.toMinutesPart() > 0) {
            text.append(value.toMinutesPart()).append('m');
        }
        if (value.toSecondsPart() > 0 || value.toNanosPart() > 0) {
            BigDecimal seconds = BigDecimal.valueOf(value.toSecondsPart())
                    .add(BigDecimal.valueOf(value.toNanosPart(), 9));
            text.append(plain(seconds)).append('s');
        }
        return text.toString();
    }

    private static String fraction(Duration value) {
        int nanos = value.toNanosPart();
        if (nanos >= 1_000_000) {
            return plain(BigDecimal.valueOf(nanos, 6)) + "ms";
        }
        return nanos >= 1_000 ? plain(BigDecimal.valueOf(nanos, 3)) + "us" : nanos + "ns";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
