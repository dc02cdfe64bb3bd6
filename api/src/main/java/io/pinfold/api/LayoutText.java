package io.pinfold.api;

import io.pinfold.follower.view.AddRequest.Layout;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How requests to add files spell what blocks are to be made; ipfs-cluster's are Kubo's here. */
public final class LayoutText {

    /** The hash functions that blocks can have, by name. */
    public static final SortedMap<String, Long> HASHES = Collections.unmodifiableSortedMap(
            new TreeMap<>(Map.of("sha2-256", Multicodec.SHA2_256, "sha2-512", Multicodec.SHA2_512, "blake2b-256",
                    Multicodec.BLAKE2B_256, "blake3", Multicodec.BLAKE3)));

    private static final String CHUNKS = "size-";

    private LayoutText() {}

    /** The size of chunks in bytes that {@code chunker} names; nothing, and {@code default}, is the usual one. */
    public static Decoded<Integer> chunkSize(String chunker) {
        if (chunker.isEmpty() || chunker.equals("default")) {
            return Decoded.ok(Layout.DEFAULT.chunkSize());
        }
        String size = chunker.startsWith(CHUNKS) ? chunker.substring(CHUNKS.length()) : "";
        return size.matches("[0-9]{1,9}") && Integer.parseInt(size) >= 1 && Integer.parseInt(size) <= Layout.MAX_CHUNK
                ? Decoded.ok(Integer.parseInt(size))
                : Decoded.refused(Refusal.Kind.UNSUPPORTED,
                        chunker + " is not supported; size-BYTES is, from 1 to " + Layout.MAX_CHUNK);
    }
}
