package io.pinfold.follower.tracker.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the backend answers: while it does not, nothing is started and no attempt counts.
 *
 * <p>Not safe for use by many threads.
 */
final class BackendGate {

    private Optional<Outage> outage = Optional.empty();
    private Instant lastAnswer = Instant.MIN;

    /**
     * A time without answers.
     *
     * @param tries questions that were not answered in a row
     */
    record Outage(Instant since, String detail, int tries) {

        /** What people are told. */
        String sentence() {
            return "the IPFS node does not answer since " + since + ": " + detail;
        }
    }

    boolean open() {
        return outage.isEmpty();
    }

    Optional<Outage> outage() {
        return outage;
    }

    /** When the backend last answered. */
    Instant lastAnswer() {
        return lastAnswer;
    }

    /** It answered; true if it had not before. */
    boolean answered(Instant now) {
        lastAnswer = now;
        boolean reopened = outage.isPresent();
        outage = Optional.empty();
        return reopened;
    }

    /** It did not answer; {@code asked} tells a question from work that was under way. */
    Outage unanswered(String detail, boolean asked, Instant now) {
        Outage next = outage
                .map(present -> new Outage(present.since(), detail, present.tries() + (asked ? 1 : 0)))
                .orElseGet(() -> new Outage(now, detail, 1));
        outage = Optional.of(next);
        return next;
    }
}
