package io.pinfold.follower.tracker;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.multiformats.Cid;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The pinset as the tracker reads it.
 *
 * <p>Any thread may call. What was applied before a call is seen by it. If the disk fails, any method throws
 * {@link java.io.UncheckedIOException}.
 */
public interface Pinset {

    /** The pin of {@code cid}. */
    Optional<PinEntry> get(Cid cid);

    /** Number of pins. */
    long size();

    /**
     * Hands the pins after {@code after}, or all, to {@code each} in the order of CIDs, until it says false.
     *
     * <p>They are those of one moment; what {@code each} throws passes through.
     */
    void scan(Optional<Cid> after, Predicate<PinEntry> each);
}
