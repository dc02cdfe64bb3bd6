package io.pinfold.api.multipart;

import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads mode and time of a file from the name of its form field, {@code file?mode=0644&mtime=SECONDS&mtime-nsecs=N}, as IPFS
 * clients write them; what is malformed or zero counts as not told.
 */
final class PartStat {

    private static final int PERMISSIONS = 0777;
    /** Set-user-id, set-group-id and sticky, as Go numbers them, from 04000 downwards. */
    private static final int[] GO_BITS = {1 << 23, 1 << 22, 1 << 20};

    private PartStat() {}

    static UnixFsStat of(String fieldName) {
        int question = fieldName.indexOf('?');
        if (question < 0) {
            return UnixFsStat.NONE;
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : fieldName.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new UnixFsStat(mode(values.getOrDefault("mode", "")), time(values));
    }

    private static OptionalInt mode(String text) {
        if (!text.matches("[0-7]{1,12}")) {
            return OptionalInt.empty();
        }
        long go = Long.parseLong(text, 8);
        int mode = (int) go & PERMISSIONS;
        for (int i = 0; i < GO_BITS.length; i++) {
            mode |= (go & GO_BITS[i]) == 0 ? 0 : 04000 >> i;
        }
        return mode == 0 ? OptionalInt.empty() : OptionalInt.of(mode);
    }

    private static Optional<Instant> time(Map<String, String> values) {
        String seconds = values.getOrDefault("mtime", "");
        String nanos = values.getOrDefault("mtime-nsecs", "0");
        if (!seconds.matches("-?[0-9]{1,18}") || !nanos.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds), Long.parseLong(nanos)))
                    .filter(time -> !time.equals(Instant.EPOCH));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
