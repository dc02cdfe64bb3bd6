package io.pinfold.chain.core.head;

import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * Counts the useless heads of each neighbour in the present minute.
 *
 * <p>It knows at most {@value #MAX_NEIGHBOURS} neighbours; the one silent for longest is forgotten. Not safe for use by
 * many threads.
 */
final class FloodMeter {

    /** The greatest number of useless heads in a window that an honest neighbour may send: copies cross each other. */
    static final int MAX_PER_WINDOW = 120;
    /** The length of a window. */
    static final Duration WINDOW = Duration.ofMinutes(1);
    /** The greatest number of neighbours that are known. */
    static final int MAX_NEIGHBOURS = 1024;

    private final LinkedHashMap<PeerId, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

    private record Count(long window, int useless) {}

    /** Counts a useless head of {@code neighbour}; whether it is one too many. */
    boolean isOneTooMany(PeerId neighbour, long nowMillis) {
        long window = nowMillis / WINDOW.toMillis();
        Count before = counts.get(neighbour);
        int useless = before != null && before.window() == window ? before.useless() + 1 : 1;
        counts.put(neighbour, new Count(window, useless));
        if (counts.size() > MAX_NEIGHBOURS) {
            counts.pollFirstEntry();
        }
        return useless > MAX_PER_WINDOW;
    }
}
