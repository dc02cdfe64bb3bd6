package io.pinfold.follower.monitor;

import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.view.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the view of the cluster is stale and whether the removal guard holds a mass of removals, and raises an
 * alert when that begins. For one thread.
 */
public final class TroubleWatch {

    /** The kind of the alert that no trusted peer is heard of. */
    public static final String STALE = "stale";
    /** The kind of the alert that removals wait because they are too many. */
    public static final String HELD = "removals_held";
    /** How long a start may take to hear of the cluster. */
    public static final Duration SETTLING = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(TroubleWatch.class);

    private final Alerts alerts;
    private final Supplier<SyncStatus> chain;
    private final Supplier<PendingRemovals.Counts> removals;
    private final Duration staleAfter;
    private final Duration grace;
    private final InstantSource clock;
    private final Instant settled;
    private boolean stale;
    private long held;

    /**
     * A watch that begins now.
     *
     * @param staleAfter how long no head may be heard of
     * @param grace how long a mass of removals waits
     */
    public TroubleWatch(Alerts alerts, Supplier<SyncStatus> chain, Supplier<PendingRemovals.Counts> removals,
            Duration staleAfter, Duration grace, InstantSource clock) {
        this.alerts = alerts;
        this.chain = chain;
        this.removals = removals;
        this.staleAfter = staleAfter;
        this.grace = grace;
        this.clock = clock;
        this.settled = clock.instant().plus(SETTLING);
    }

    /** Looks. */
    public void round() {
        lookAtChain(chain.get());
        lookAtRemovals(removals.get().mass());
    }

    private void lookAtChain(SyncStatus status) {
        if (!status.stale()) {
            if (stale) {
                log.info("a fresh head was heard: the pinset is no longer stale");
            }
            stale = false;
        } else if (!stale && !clock.instant().isBefore(settled)) {
            stale = true;
            alerts.raise(STALE, status.lastHeard()
                    .map(time -> "No trusted peer was heard of since " + time + ", for longer than "
                            + text(staleAfter) + ".")
                    .orElse("No trusted peer was ever heard of.")
                    + " The pinset may be out of date; nothing is unpinned until a fresh head comes.");
        }
    }

    private void lookAtRemovals(long mass) {
        if (mass == 0 && held > 0) {
            log.info("no removals are held any more");
        }
        if (mass > 2 * held) {
            alerts.raise(HELD,
                    mass + " removals at the IPFS node wait, since they are too many at once. If nobody stops them"
                            + " by pinning again, each happens " + text(grace) + " after it was asked for"
                            + " (tracker.removal_grace).");
            held = mass;
        } else if (mass == 0) {
            held = 0;
        }
    }

    private static String text(Duration time) {
        return time.toMinutes() % 60 == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }
}
