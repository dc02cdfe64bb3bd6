package io.pinfold.follower.view;

import io.pinfold.multiformats.Multicodec;
import java.util.Optional;

/**
 * How files are to be put in.
 *
 * @param goal what is to keep them
 * @param layout how they become blocks
 * @param wrap whether a folder is made around all of them
 * @param preserveMode whether the permissions that the sender tells go into the blocks
 * @param preserveMtime whether the times that the sender tells go into the blocks
 * @param progress whether it is told how many bytes of a file have come
 */
public record AddRequest(Goal goal, Layout layout, boolean wrap, boolean preserveMode, boolean preserveMtime,
        boolean progress) {

    /** What keeps the content in the end. */
    public sealed interface Goal {

        /** A pin in the pinset, and this peer's node from the start; the upload has one file or folder, or is wrapped. */
        record Cluster(PinOptions options, Optional<String> idempotencyKey) implements Goal {}

        /** A pin of each root at this peer's node alone, called {@code pinName}, which the pinset knows nothing of. */
        record Node(String pinName) implements Goal {}

        /** Nothing: the node may remove the blocks when it needs room, even before the upload is over. */
        record Nothing() implements Goal {}
    }

    /**
     * How files become blocks: in chunks of one size, under a balanced tree, as {@code ipfs add} does it.
     *
     * @param cidVersion 0 or 1
     * @param hash multicodec of a hash function; with CID version 0 it is SHA2-256
     * @param chunkSize in bytes, at most {@value #MAX_CHUNK}
     */
    public record Layout(int cidVersion, long hash, int chunkSize, boolean rawLeaves) {

        /** The greatest chunk: with what is around it, it is still a block that peers take. */
        public static final int MAX_CHUNK = (2 << 20) - 256;

        /** What {@code ipfs add} does without options. */
        public static final Layout DEFAULT = new Layout(0, Multicodec.SHA2_256, 256 << 10, false);

        /**
         * Checks that the values go together.
         *
         * @throws IllegalArgumentException with the one that does not
         */
        public Layout {
            if (cidVersion != 1 && (cidVersion != 0 || hash != Multicodec.SHA2_256)) {
                throw new IllegalArgumentException(
                        "CID version " + cidVersion + " with hash 0x" + Long.toHexString(hash));
            }
            if (chunkSize < 1 || chunkSize > MAX_CHUNK) {
                throw new IllegalArgumentException("chunks of " + chunkSize + " bytes, 1 to " + MAX_CHUNK);
            }
        }
    }
}
