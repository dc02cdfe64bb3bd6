package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendFailure;
import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param total in all, also told to the daemon, which then ends its own work
 * @param silence without a {@linkplain Pulse#beat sign of life}
 * @param onSilence the failure when it was silent for so long after it had begun to answer
 */
record Patience(Duration total, Duration silence, BackendFailure.Kind onSilence) {

    private static final Duration LONGEST_GRACE = Duration.ofSeconds(2);

    /** So long in all. */
    static Patience of(Duration total) {
        return new Patience(total, total.multipliedBy(2), BackendFailure.Kind.TIMEOUT);
    }

    /** When we give up: a little later than the daemon, whose own answer says more. */
    Duration limit() {
        Duration half = total.dividedBy(2);
        return total.plus(half.compareTo(LONGEST_GRACE) < 0 ? half : LONGEST_GRACE);
    }
}
