package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What whoever asks for a pin may choose.
 *
 * @param name at most {@value #MAX_NAME} bytes of UTF-8
 * @param replication how many members hold it
 * @param shardSize bytes; only for sharded content, 0 otherwise
 * @param userAllocations members to prefer, at most {@value #MAX_ALLOCATIONS}; best effort
 * @param expireAt when the pin ends, if ever
 * @param metadata at most {@value #MAX_METADATA} entries and {@value #MAX_METADATA_BYTES} bytes of keys and values; no empty key
 * @param pinUpdate an existing pin whose options and backend pin are to be built on
 * @param origins addresses with {@code /p2p/} where the content is, at most {@value #MAX_ORIGINS}
 */
public record PinOptions(String name, PinMode mode, Replication replication, long shardSize,
        List<PeerId> userAllocations, Optional<Instant> expireAt, SortedMap<String, String> metadata,
        Optional<Cid> pinUpdate, List<Multiaddr> origins) {

    /** Longest name, in bytes of UTF-8. */
    public static final int MAX_NAME = 255;
    /** Most preferred members. */
    public static final int MAX_ALLOCATIONS = 256;
    /** Most entries of metadata. */
    public static final int MAX_METADATA = 64;
    /** Most bytes of UTF-8 in all keys and values of the metadata. */
    public static final int MAX_METADATA_BYTES = 4096;
    /** Most origins. */
    public static final int MAX_ORIGINS = 10;

    /** Everything left to the cluster. */
    public static final PinOptions DEFAULT = new PinOptions("", PinMode.RECURSIVE, Replication.DEFAULT, 0, List.of(),
            Optional.empty(), new TreeMap<>(), Optional.empty(), List.of());

    public PinOptions {
        userAllocations = List.copyOf(userAllocations);
        origins = List.copyOf(origins);
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        require(utf8(name) <= MAX_NAME, "name is too long");
        require(userAllocations.size() <= MAX_ALLOCATIONS, "too many allocations");
        require(origins.size() <= MAX_ORIGINS, "too many origins");
        require(metadata.size() <= MAX_METADATA, "too many metadata entries");
        require(!metadata.containsKey(""), "empty metadata key");
        require(metadata.entrySet()
                .stream()
                .mapToInt(e -> utf8(e.getKey()) + utf8(e.getValue()))
                .sum() <= MAX_METADATA_BYTES, "metadata is too long");
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
