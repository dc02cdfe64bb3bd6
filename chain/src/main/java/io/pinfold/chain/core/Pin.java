package io.pinfold.chain.core;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the pinset says of one CID.
 *
 * @param cid what is pinned
 * @param name for people, may be empty
 * @param maxDepth -1 for all that is below the root, 0 for the root alone, else the number of levels below it
 * @param userAllocations the peers that the user asked for
 * @param allocations the peers that are to hold it; empty where the replication alone says who
 * @param reference for sharded content, the pin that belongs to this one
 * @param expireAt when it is to leave the pinset, in whole milliseconds
 * @param metadata what the user attached
 * @param origins addresses of IPFS nodes that have the content
 * @param pinUpdate the pin that this one was made from, so that a backend may fetch only what differs
 * @param size of the content in bytes, if known
 */
public record Pin(Cid cid, PinType type, String name, int maxDepth, Replication replication,
        List<PeerId> userAllocations, List<PeerId> allocations, Optional<Cid> reference, Optional<Instant> expireAt,
        SortedMap<String, String> metadata, List<Multiaddr> origins, Optional<Cid> pinUpdate, OptionalLong size) {

    /**
     * Copies the collections and checks every bound of {@link Limits}.
     *
     * @throws IllegalArgumentException naming the field that breaks its bound
     */
    public Pin {
        userAllocations = List.copyOf(userAllocations);
        allocations = List.copyOf(allocations);
        origins = List.copyOf(origins);
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        Texts.requireSize("name", name, Limits.NAME_BYTES);
        require(maxDepth >= -1, "depth", maxDepth);
        require(userAllocations.size() <= Limits.ALLOCATIONS, "number of user allocations", userAllocations.size());
        require(allocations.size() <= Limits.ALLOCATIONS, "number of allocations", allocations.size());
        require(origins.size() <= Limits.ORIGINS, "number of origins", origins.size());
        expireAt.ifPresent(Pin::requireMillis);
        size.ifPresent(bytes -> require(bytes >= 0 && bytes <= Limits.MAX_NUMBER, "size", bytes));
        requireMetadata(metadata);
    }

    /** A pin of all that is below {@code cid}, held by everybody, with no name and nothing else set. */
    public static Pin of(Cid cid) {
        return new Pin(cid, PinType.DATA, "", -1, Replication.EVERYWHERE, List.of(), List.of(), Optional.empty(),
                Optional.empty(), Collections.emptySortedMap(), List.of(), Optional.empty(), OptionalLong.empty());
    }

    /** This pin with {@code name}. */
    public Pin withName(String newName) {
        return new Pin(cid, type, newName, maxDepth, replication, userAllocations, allocations, reference, expireAt,
                metadata, origins, pinUpdate, size);
    }

    /** This pin with {@code allocations}. */
    public Pin withAllocations(List<PeerId> newAllocations) {
        return new Pin(cid, type, name, maxDepth, replication, userAllocations, newAllocations, reference, expireAt,
                metadata, origins, pinUpdate, size);
    }

    private static void requireMillis(Instant time) {
        boolean whole = time.getNano() % 1_000_000 == 0;
        if (!whole || time.getEpochSecond() < 0 || time.getEpochSecond() > Limits.MAX_TIME / 1000) {
            throw new IllegalArgumentException("expiry " + time + " is not in whole milliseconds from 1970 to 9999");
        }
    }

    private static void requireMetadata(SortedMap<String, String> metadata) {
        require(metadata.size() <= Limits.METADATA_ENTRIES, "number of metadata entries", metadata.size());
        int bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            require(!entry.getKey().isEmpty(), "length of a metadata key", 0);
            bytes += Texts.sizeInUtf8("metadata", entry.getKey()) + Texts.sizeInUtf8("metadata", entry.getValue());
            require(bytes <= Limits.METADATA_BYTES, "size of the metadata", bytes);
        }
    }

    private static void require(boolean holds, String what, long value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is " + value);
        }
    }
}
