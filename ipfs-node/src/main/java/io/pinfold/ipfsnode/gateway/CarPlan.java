package io.pinfold.ipfsnode.gateway;

import io.pinfold.multiformats.Cid;
import java.util.List;

/**
 * An archive that can be begun: its root is here, and the path leads somewhere or to a block that shows that it does not.
 *
 * @param roots of the archive: what the path leads to, or nothing that is anything if it leads nowhere
 * @param path the blocks that lead there, in order
 * @param segments what each name of the path led to, the root first
 * @param found whether the path leads somewhere
 */
public record CarPlan(CarWish wish, List<Cid> roots, List<Cid> path, List<Cid> segments, boolean found) {

    /** Copies the lists. */
    public CarPlan {
        roots = List.copyOf(roots);
        path = List.copyOf(path);
        segments = List.copyOf(segments);
    }

    /** What the path leads to. */
    public Cid target() {
        return segments.getLast();
    }
}
