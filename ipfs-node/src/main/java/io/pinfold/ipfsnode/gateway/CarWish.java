package io.pinfold.ipfsnode.gateway;

import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;

/**
 * An archive that is asked for.
 *
 * @param path names from the root on
 * @param bytes the part of a file; counts with scope {@link Scope#ENTITY} only
 * @param duplicates whether a block comes as often as it is linked, and not once
 */
public record CarWish(Cid root, List<String> path, Scope scope, Optional<ByteSpan> bytes, boolean duplicates) {

    /** How much of what the path leads to. */
    public enum Scope {
        /** Its first block. */
        BLOCK,
        /** The blocks of a file, or those that a folder is listed from. */
        ENTITY,
        /** All that is reachable. */
        ALL
    }

    /** Copies the list. */
    public CarWish {
        path = List.copyOf(path);
    }
}
