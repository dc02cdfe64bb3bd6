package io.pinfold.follower.offline;

/** Hears how far long work is. */
@FunctionalInterface
public interface Progress {

    /** {@code done} of {@code all} are done. */
    void at(long done, long all);
}
