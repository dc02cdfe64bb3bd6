package io.pinfold.chain.core.machine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to make the next block: while no other key writes, at once but at most every {@link #GAP}, else after a random delay
 * that doubles when blocks collide and halves again when they do not.
 */
final class Spacing {

    /**
     * The shortest time between two blocks of one writer: what comes meanwhile shares the next block, its signatures and its
     * force of the disk, here and at each follower.
     */
    static final Duration GAP = Duration.ofMillis(5);
    /** How long another key counts as writing after a block of it. */
    static final Duration CONTENTION = Duration.ofSeconds(10);
    /** The delay is less than this power of two, in slots. */
    static final int MAX_LEVEL = 7;
    /** Number of blocks without a collision after which the delay halves. */
    static final int CALM = 8;
    /** How long blocks of others that nobody merges are left to their author and to chance. */
    static final Duration MERGE_DELAY = Duration.ofSeconds(1);

    private final long slotMillis;
    private final RandomGenerator random;
    private int level = 1;
    private int calm;
    private long lastForeign = Long.MIN_VALUE / 2;
    private long notBefore;
    private long mergeNotBefore;
    private boolean drawn;

    Spacing(Duration slot, RandomGenerator random) {
        this.slotMillis = slot.toMillis();
        this.random = random;
    }

    /** A block of another key arrived. */
    void foreign(boolean forked, long nowMillis) {
        lastForeign = nowMillis;
        count(forked);
    }

    /** This peer made a block. */
    void own(long nowMillis) {
        count(false);
        drawn = false;
        notBefore = nowMillis + (isContended(nowMillis) ? slotMillis : GAP.toMillis());
    }

    /** Merging went forward, by whomever, or there is something new to merge. */
    void merging(long nowMillis) {
        mergeNotBefore = nowMillis + MERGE_DELAY.toMillis() + random.nextLong(2 * MERGE_DELAY.toMillis());
    }

    /** When a block with operations of ours, or that merges a block of ours, may be made. */
    long dueMillis(long nowMillis) {
        if (!isContended(nowMillis)) {
            return Math.max(nowMillis, notBefore);
        }
        if (!drawn) {
            drawn = true;
            notBefore = Math.max(nowMillis, notBefore) + random.nextLong(slotMillis << level);
        }
        return notBefore;
    }

    /** When a block that only merges blocks of others may be made. */
    long mergeDueMillis() {
        return mergeNotBefore;
    }

    private boolean isContended(long nowMillis) {
        return nowMillis - lastForeign < CONTENTION.toMillis();
    }

    private void count(boolean forked) {
        if (forked) {
            level = Math.min(MAX_LEVEL, level + 1);
            calm = 0;
        } else if (++calm >= CALM) {
            level = Math.max(0, level - 1);
            calm = 0;
        }
    }
}
