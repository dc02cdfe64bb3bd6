package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.List;

/** What is told while files are put in. */
public sealed interface Added {

    /**
     * A file, folder or symbolic link has become blocks.
     *
     * @param name its path within the upload; empty for the folder around all
     * @param size bytes of all its blocks
     * @param allocations the members that are to hold it, once that is known; empty otherwise, and for everybody
     */
    record Entry(String name, Cid cid, long size, List<PeerId> allocations) implements Added {

        public Entry {
            allocations = List.copyOf(allocations);
        }
    }

    /** So many bytes of a file have come. */
    record Progress(String name, long bytes) implements Added {}

    /** All blocks of a CAR have come: so many, with so many bytes. */
    record Archive(String name, long blocks, long bytes) implements Added {}
}
