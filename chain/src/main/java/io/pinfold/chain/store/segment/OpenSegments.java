package io.pinfold.chain.store.segment;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log that has been walked.
 *
 * @param active the one to append to; null if a new one is to be begun
 * @param lastNumber the greatest number in use, 0 if there is none
 */
record OpenSegments(
        SortedMap<Integer, Segment> segments, @Nullable Segment active, int lastNumber, DamageList damage) {}
