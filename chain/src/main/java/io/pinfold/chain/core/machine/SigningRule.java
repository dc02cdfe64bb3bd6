package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.head.ClockSkew;
import java.time.Duration;

/** Decides whether this peer may sign. Once it has heard of the others it may, but for times when something is wrong. */
final class SigningRule {

    /** How long after the start a peer waits to compare its clock with those of other publishers. */
    static final Duration COMPARISON = Duration.ofSeconds(3);

    private final boolean publisher;
    private final boolean single;
    private final ClockSkew skew;
    private long startMillis = Long.MAX_VALUE;
    private boolean heard;
    private boolean repairing;
    private boolean diskTrouble;
    private long behindUntilMillis;

    /**
     * The rule of a peer.
     *
     * @param single whether there is no other publisher, whose clock could be compared
     * @param heard whether it need not hear of any other peer first
     */
    SigningRule(boolean publisher, boolean single, ClockSkew skew, boolean heard) {
        this.publisher = publisher;
        this.single = single;
        this.skew = skew;
        this.heard = heard;
    }

    /** The first step is made. */
    void started(long nowMillis) {
        startMillis = Math.min(startMillis, nowMillis);
    }

    /** When the wait to compare clocks ends by itself. */
    long comparisonEndsMillis() {
        return startMillis + COMPARISON.toMillis();
    }

    /** A peer has answered, or the operator says that there is none. */
    void heard() {
        heard = true;
    }

    /** Whether it would sign if a peer answered. */
    boolean wantsToHear() {
        return publisher && !heard;
    }

    void repairing(boolean value) {
        repairing = value;
    }

    void diskTrouble(boolean value) {
        diskTrouble = value;
    }

    /** Whether the last attempt to write failed, at a publisher or not. */
    boolean hasDiskTrouble() {
        return diskTrouble;
    }

    /** Announced blocks are missing here that are worth waiting for until {@code untilMillis}; 0 if none are. */
    void behind(long untilMillis) {
        behindUntilMillis = untilMillis;
    }

    Signing state(long nowMillis) {
        if (!publisher) {
            return Signing.NOT_A_PUBLISHER;
        }
        if (repairing) {
            return Signing.REPAIRING;
        }
        if (diskTrouble) {
            return Signing.DISK_TROUBLE;
        }
        boolean compared = single || skew.othersAheadMillis(nowMillis).isPresent()
                || nowMillis >= comparisonEndsMillis();
        if (!heard || !compared) {
            return Signing.WAITING_FOR_A_PEER;
        }
        if (skew.isTooGreat(nowMillis)) {
            return Signing.CLOCK_WRONG;
        }
        return nowMillis < behindUntilMillis ? Signing.SYNCING : Signing.READY;
    }

    /** When {@link Signing#SYNCING} ends by itself. */
    long patienceEndsMillis() {
        return behindUntilMillis;
    }
}
