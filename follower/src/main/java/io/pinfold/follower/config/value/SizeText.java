package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and reads sizes: {@code 512}, {@code 512B}, {@code 10GB} (of 1000), {@code 1.5MiB} (of 1024). */
public final class SizeText {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?) ?([kKMGT]?)(i?)(B?)");
    private static final String PREFIXES = "KMGT";

    private SizeText() {}

    /** The number of bytes that {@code text} means; parts of a byte are cut off. */
    public static Decoded<Long> parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches() || isHalfAUnit(size.group(2), size.group(3), size.group(4))) {
            return Decoded.refused(Kind.MALFORMED,
                    "a number and B, KB, MB, GB, TB (of 1000) or KiB, MiB, GiB, TiB (of 1024) is due");
        }
        int power = size.group(2).isEmpty() ? 0 : 1 + PREFIXES.indexOf(Character.toUpperCase(size.group(2).charAt(0)));
        BigDecimal unit = BigDecimal.valueOf(size.group(3).isEmpty() ? 1000 : 1024).pow(power);
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(unit).setScale(0, RoundingMode.DOWN);
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Decoded.refused(Kind.OVERFLOW, "larger than 8 EiB")
                : Decoded.ok(bytes.longValueExact());
    }

    private static boolean isHalfAUnit(String prefix, String binary, String unit) {
        return (prefix.isEmpty() && !binary.isEmpty()) || (!prefix.isEmpty() && unit.isEmpty());
    }

    /** {@code bytes} with the greatest unit that leaves a whole number. */
    public static String format(long bytes) {
        String best = bytes + "B";
        for (int power = 1; power <= PREFIXES.length(); power++) {
            char prefix = PREFIXES.charAt(power - 1);
            best = shorter(best, bytes, pow(1000, power), prefix + "B");
            best = shorter(best, bytes, pow(1024, power), prefix + "iB");
        }
        return best;
    }

    private static String shorter(String best, long bytes, long unit, String name) {
        String text = bytes / unit + name;
        return bytes != 0 && bytes % unit == 0 && text.length() < best.length() ? text : best;
    }

    private static long pow(long base, int power) {
        long result = 1;
        for (int i = 0; i < power; i++) {
            result *= base;
        }
        return result;
    }
}
