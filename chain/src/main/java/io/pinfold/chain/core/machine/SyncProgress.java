package io.pinfold.chain.core.machine;

/**
 * How far fetching missing blocks has come.
 *
 * @param from the height at which it began
 * @param at the height reached
 * @param target the height of the head that is being fetched
 * @param sinceMillis when it began, in milliseconds since 1970
 * @param waiting whether no peer can be asked at the moment
 */
public record SyncProgress(long from, long at, long target, long sinceMillis, boolean waiting) {

    /** The share that is done, 0 to 1. */
    public double share() {
        return target <= from ? 1 : (double) (at - from) / (target - from);
    }
}
