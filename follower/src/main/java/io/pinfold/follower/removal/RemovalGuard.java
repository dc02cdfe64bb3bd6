package io.pinfold.follower.removal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says which pending removals may happen now: a pure function of them, the chain and the time.
 *
 * <p>Nothing goes while the follower is stale or its state is one of the past. A removal whose block an admin anchor
 * stands on goes. One of a mass waits for the grace period; any other for the confirmation of its block or for the
 * delay. A mass is judged around each removal by itself: the removals, pending or done, asked for up to a window before
 * it and up to a window after it, compared with what was held. So the first ones of a mass wait too, and waiting does
 * not make a mass smaller.
 */
public final class RemovalGuard {

    private final RemovalGuardConfig config;

    /** A guard with these limits. */
    public RemovalGuard(RemovalGuardConfig config) {
        this.config = config;
    }

    /**
     * The verdicts on {@code pending}, in its order.
     *
     * @param done when the removals that happened within {@link RemovalGuardConfig#retention} were asked for, as
     *            milliseconds, in any order
     * @param held number of roots that are held and wanted
     * @param opened when the log was read: the delay begins there at the earliest, since a removal whose cancellation a
     *            crash lost looks older than it is
     * @param overflow whether there are more removals than could be remembered; they are then a mass
     */
    public List<Verdict> judge(List<PendingRemoval> pending, long[] done, long held, boolean overflow, Instant opened,
            ChainStanding standing, Instant now) {
        if (standing.stale()) {
            return all(pending, Verdict.Cause.STALE);
        }
        if (standing.behind()) {
            return all(pending, Verdict.Cause.BEHIND);
        }
        long[] times = times(pending, done);
        double allowed = Math.max(config.floor(), config.share() * (held + times.length));
        List<Verdict> verdicts = new ArrayList<>(pending.size());
        for (PendingRemoval removal : pending) {
            boolean mass = overflow || around(times, removal.since().toEpochMilli()) > allowed;
            verdicts.add(judge(removal, mass, opened, standing, now));
        }
        return verdicts;
    }

    private Verdict judge(PendingRemoval removal, boolean mass, Instant opened, ChainStanding standing, Instant now) {
        if (standing.anchored(removal.height(), removal.block())) {
            return new Verdict.Go();
        }
        if (!mass && standing.confirmed(removal.height(), removal.block())) {
            return new Verdict.Go();
        }
        Instant since = removal.since();
        Instant until = mass
                ? since.plus(config.grace())
                : (since.isBefore(opened) ? opened : since).plus(config.delay());
        return now.isBefore(until)
                ? new Verdict.Wait(mass ? Verdict.Cause.MASS : Verdict.Cause.UNCONFIRMED, Optional.of(until))
                : new Verdict.Go();
    }

    private long around(long[] times, long time) {
        long window = config.window().toMillis();
        return (long) firstAbove(times, time + window) - firstAbove(times, time - window - 1);
    }

    /** Index of the first of {@code sorted} above {@code limit}. */
    private static int firstAbove(long[] sorted, long limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long[] times(List<PendingRemoval> pending, long[] done) {
        long[] times = Arrays.copyOf(done, done.length + pending.size());
        int at = done.length;
        for (PendingRemoval removal : pending) {
            times[at++] = removal.since().toEpochMilli();
        }
        Arrays.sort(times);
        return times;
    }

    private static List<Verdict> all(List<PendingRemoval> pending, Verdict.Cause cause) {
        Verdict wait = new Verdict.Wait(cause, Optional.empty());
        return pending.stream().map(_ -> wait).toList();
    }
}
