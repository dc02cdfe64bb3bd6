package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.StateMark;
import java.util.Map;
import java.util.TreeMap;

/**
 * Marks of the applied branch at intervals of height, from which any mark of it can be found again by a short scan.
 *
 * <p>At most {@value #MAX} of them; when they are too many, every other one goes and the interval doubles.
 */
final class Checkpoints {

    /** The greatest number of marks. */
    static final int MAX = 4096;
    private static final int FIRST_INTERVAL = 1024;

    private final TreeMap<Long, StateMark> byHeight = new TreeMap<>();
    private long interval = FIRST_INTERVAL;

    /** Starts with {@code mark} besides the genesis. */
    Checkpoints(StateMark genesis, StateMark mark) {
        byHeight.put(genesis.height(), genesis);
        byHeight.put(mark.height(), mark);
    }

    /** Takes {@code mark} if its height is due. */
    void passed(StateMark mark) {
        if (mark.height() % interval != 0) {
            return;
        }
        byHeight.put(mark.height(), mark);
        if (byHeight.size() > MAX) {
            interval *= 2;
            byHeight.keySet().removeIf(height -> height % interval != 0);
        }
    }

    /** Forgets all above {@code height}, which is no more on the branch. */
    void cut(long height) {
        byHeight.tailMap(height, false).clear();
    }

    /** The highest mark at or below {@code height}. */
    StateMark atOrBelow(long height) {
        Map.Entry<Long, StateMark> entry = byHeight.floorEntry(height);
        return entry.getValue();
    }
}
