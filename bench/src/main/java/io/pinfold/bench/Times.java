package io.pinfold.bench;

import java.util.Arrays;
import java.util.Locale;

/** A sample of times in nanoseconds, asked for its quantiles in milliseconds. */
final class Times {

    private final long[] sorted;

    Times(long[] nanos) {
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    /** The time that the share {@code q} of the sample does not exceed (nearest rank). */
    double millis(double q) {
        int rank = Math.max(1, (int) Math.ceil(q * sorted.length));
        return sorted[rank - 1] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %7.2f ms   p90 %7.2f ms   p99 %7.2f ms   max %7.2f ms", millis(0.5),
                millis(0.9), millis(0.99), millis(1));
    }
}
