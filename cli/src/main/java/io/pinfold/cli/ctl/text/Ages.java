package io.pinfold.cli.ctl.text;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Times as people tell them: {@code 3 minutes ago}, {@code 28 seconds from now}. */
final class Ages {

    private final InstantSource clock;

    Ages(InstantSource clock) {
        this.clock = clock;
    }

    String of(Instant time) {
        Duration distance = Duration.between(clock.instant(), time);
        long seconds = Math.abs(Math.round(distance.toMillis() / 1000.0));
        if (seconds == 0) {
            return "now";
        }
        return amount(seconds) + (distance.isNegative() ? " ago" : " from now");
    }

    private static String amount(long seconds) {
        if (seconds < 60) {
            return count(seconds, "second");
        }
        if (seconds < 3600) {
            return count(seconds / 60, "minute");
        }
        return seconds < 86_400 ? count(seconds / 3600, "hour") : count(seconds / 86_400, "day");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
