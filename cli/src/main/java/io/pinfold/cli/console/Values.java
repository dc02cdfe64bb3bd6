package io.pinfold.cli.console;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what was typed into values, or into a sentence that names what was typed. */
public final class Values {

    private static final Pattern DURATION = Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:ms|s|m|h))+|0");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(ms|s|m|h)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final int MAX_TEXT = 64;

    private Values() {}

    /** What was decoded from {@code what}; a complaint with {@code exitCode} if it was refused. */
    public static <T> T of(String what, Decoded<T> decoded, int exitCode) throws Complaint {
        return switch (decoded) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Refused<T>(Refusal refusal) ->
                throw new Complaint("error: " + what + ": " + refusal.detail(), exitCode);
        };
    }

    /** The duration that {@code text} spells, as in {@code 1h30m}, {@code 2.5s}, {@code 300ms}. */
    public static Duration duration(String what, String text, int exitCode) throws Complaint {
        if (text.length() > MAX_TEXT || !DURATION.matcher(text).matches()) {
            throw new Complaint("error: " + what + ": not a duration as in 1h30m, 45s or 300ms", exitCode);
        }
        BigDecimal millis = BigDecimal.ZERO;
        for (Matcher part = PART.matcher(text); part.find();) {
            BigDecimal unit = BigDecimal.valueOf(MILLIS.getOrDefault(part.group(2), 0L));
            millis = millis.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        return Duration.ofMillis(millis.longValue());
    }
}
