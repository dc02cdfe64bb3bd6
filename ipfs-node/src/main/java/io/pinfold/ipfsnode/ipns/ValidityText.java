package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Times as records write them: RFC 3339 with up to nine digits of a second, in ASCII. */
final class ValidityText {

    static final int MAX_BYTES = 40;

    private static final Pattern FORM = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private ValidityText() {}

    static Bytes format(Instant time) {
        return Bytes.copyOf(time.toString().getBytes(StandardCharsets.US_ASCII));
    }

    static Instant parse(Bytes text) throws RefusalException {
        String spelled = new String(text.toArray(), StandardCharsets.US_ASCII);
        if (!FORM.matcher(spelled).matches()) {
            throw new RefusalException(Kind.MALFORMED, "the validity is no time of RFC 3339");
        }
        try {
            return OffsetDateTime.parse(spelled).toInstant();
        } catch (DateTimeException e) {
            throw new RefusalException(Kind.MALFORMED, "the validity is a time that does not exist");
        }
    }
}
