package io.pinfold.chain.store.blocks;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A record of the chain's log. */
sealed interface ChainRecord {

    /** The size of what stands before the block in its record. */
    int BLOCK_HEADER_BYTES = 1 + Long.BYTES + 2 * Digest.BYTES;

    /** A block; the bytes themselves are not looked at. */
    record BlockRecord(long height, Digest previous, Digest digest) implements ChainRecord {}

    /** From here on the applied branch ends with this block; at height 0 it is empty. */
    record HeadRecord(long height, Digest digest) implements ChainRecord {}

    /** The first byte of a block's record. */
    byte BLOCK = 1;

    /** The first byte of a head's record. */
    byte HEAD = 2;

    static Bytes encode(SignedBlock block, Digest previous, Digest digest) {
        ByteBuffer out = ByteBuffer.allocate(BLOCK_HEADER_BYTES + block.bytes().size());
        out.put(BLOCK).putLong(block.height());
        previous.write(out);
        digest.write(out);
        return Bytes.copyOf(out.put(block.bytes().toBuffer()).array());
    }

    static Bytes encode(HeadRecord head) {
        ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES + Digest.BYTES);
        out.put(HEAD).putLong(head.height);
        head.digest.write(out);
        return Bytes.copyOf(out.array());
    }

    /** The record that {@code payload} begins with, or null if it is none that is known here. */
    static @Nullable ChainRecord decode(ByteBuffer payload) {
        if (payload.remaining() < 1 + Long.BYTES + Digest.BYTES) {
            return null;
        }
        return switch (payload.get()) {
            case BLOCK -> payload.remaining() < BLOCK_HEADER_BYTES - 1
                    ? null
                    : new BlockRecord(payload.getLong(), Digest.read(payload), Digest.read(payload));
            case HEAD -> new HeadRecord(payload.getLong(), Digest.read(payload));
            default -> null;
        };
    }
}
