package io.pinfold.trust;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.Comparator;

/**
 * What a trusted key has announced: how far, and when.
 *
 * @param voter the key
 * @param trustVersion version of the trusted keys at the head
 * @param height of the newest block
 * @param cid of the newest block
 * @param timeMillis when the announcement was signed, in milliseconds since 1970
 */
public record HeadMark(PeerId voter, long trustVersion, long height, Cid cid, long timeMillis) {

    private static final Comparator<HeadMark> AGE = Comparator.comparingLong(HeadMark::trustVersion)
            .thenComparingLong(HeadMark::height)
            .thenComparingLong(HeadMark::timeMillis);

    /** Whether it comes after {@code other} by trust version, then height, then time. */
    public boolean isNewerThan(HeadMark other) {
        return AGE.compare(this, other) > 0;
    }
}
