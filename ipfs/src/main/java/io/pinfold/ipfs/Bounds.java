package io.pinfold.ipfs;

import java.time.Duration;

/** Checks of settings; what they throw names the key. */
final class Bounds {

    private Bounds() {}

    static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(key + " must be more than nothing and at most a year, not " + value);
        }
    }

    static void between(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(key + " must be from 1 to " + most + ", not " + value);
        }
    }
}
