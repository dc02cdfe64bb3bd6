package io.pinfold.ipfsnode.fetch;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;

/**
 * A graph to be brought here.
 *
 * @param root where it begins
 * @param levels how many levels below the root belong to it, 0 for the root alone; {@link #ALL} for no end
 * @param origins peers that are likely to have it
 * @param stallTimeout longest time without getting on
 * @param readLeaves whether leaves that are here are read, so that damaged ones are fetched again; blocks with links are
 *        read anyway
 */
public record GraphRequest(Cid root, int levels, List<Multiaddr> origins, Duration stallTimeout, boolean readLeaves) {

    /** No end of levels. */
    public static final int ALL = Integer.MAX_VALUE;

    /** Checks that levels and time make sense. */
    public GraphRequest {
        origins = List.copyOf(origins);
        if (levels < 0) {
            throw new IllegalArgumentException("levels are at least 0, not " + levels);
        }
        if (!stallTimeout.isPositive()) {
            throw new IllegalArgumentException("the stall timeout is more than nothing, not " + stallTimeout);
        }
    }

    /** The whole graph below {@code root}. */
    public static GraphRequest whole(Cid root, List<Multiaddr> origins, Duration stallTimeout) {
        return new GraphRequest(root, ALL, origins, stallTimeout, false);
    }
}
