package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.StateMark;
import java.util.Comparator;

/**
 * Which of two branches is better: the one with the higher trust version, then the greater height, then the newest block
 * with the smaller CID. A total order, the same for everybody.
 */
public final class ForkChoice {

    private static final Comparator<ChainPoint> BY_POINT = Comparator.comparingLong(ChainPoint::height)
            .thenComparing(ChainPoint::cid, Comparator.reverseOrder());

    /** Orders the ends of branches, the best last. */
    public static final Comparator<StateMark> ORDER = Comparator.comparingLong(StateMark::trustVersion)
            .thenComparing(StateMark::point, BY_POINT);

    private ForkChoice() {}

    /** Whether {@code one} is better than {@code other}. */
    public static boolean isBetter(StateMark one, StateMark other) {
        return ORDER.compare(one, other) > 0;
    }

    /** Whether a branch that ends in {@code one} with {@code trustVersion} is better than {@code other}. */
    public static boolean isBetter(long trustVersion, ChainPoint one, StateMark other) {
        return trustVersion == other.trustVersion()
                ? BY_POINT.compare(one, other.point()) > 0
                : trustVersion > other.trustVersion();
    }
}
