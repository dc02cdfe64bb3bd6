package io.pinfold.follower.tracker.reconcile;

/**
 * How much a sorter may use.
 *
 * @param runBytes keys collected in memory before they are sorted and spilled; needs about three times that memory
 * @param fanIn files merged into one while sorting, at least 2; each takes a buffer of 16 KiB at the end
 * @param spillBytes the most bytes written to files that exist at once
 */
public record SortLimits(int runBytes, int fanIn, long spillBytes) {

    /** 8 MiB in memory, 32 files, 16 GiB on disk. */
    public static final SortLimits DEFAULT = new SortLimits(8 << 20, 32, 16L << 30);

    public SortLimits {
        if (runBytes < 1 || fanIn < 2 || spillBytes < 0) {
            throw new IllegalArgumentException("sort limits " + runBytes + ", " + fanIn + ", " + spillBytes);
        }
    }
}
