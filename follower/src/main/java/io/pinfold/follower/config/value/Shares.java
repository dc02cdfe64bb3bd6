package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A share of a whole, above 0 and at most 1, written as {@code 0.1} or {@code 10%}. */
public record Shares() implements ValueType<Double> {

    private static final Pattern SHARE = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?%?");

    @Override
    public Decoded<Double> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(Shares::share);
    }

    private static Decoded<Double> share(String text) {
        if (!SHARE.matcher(text).matches()) {
            return Decoded.refused(Kind.MALFORMED, "not a share");
        }
        boolean percent = text.endsWith("%");
        BigDecimal number = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
        double value = number.movePointLeft(percent ? 2 : 0).doubleValue();
        return value > 0 && value <= 1 ? Decoded.ok(value) : Decoded.refused(Kind.OVERFLOW, text + " is out of range");
    }

    @Override
    public String expected() {
        return "a share above 0 and at most 1, such as 0.1 or 10%";
    }

    @Override
    public String show(Double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
