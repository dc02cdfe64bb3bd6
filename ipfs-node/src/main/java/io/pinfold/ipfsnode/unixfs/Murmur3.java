package io.pinfold.ipfsnode.unixfs;

import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first 64 bits of MurmurHash3 x64 128 with seed 0, by which sharded folders place names. */
public final class Murmur3 {

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int BLOCK = 16;

    private Murmur3() {}

    /** The hash of {@code data}. */
    public static long hash(Bytes data) {
        ByteBuffer in = data.toBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long h1 = 0;
        long h2 = 0;
        while (in.remaining() >= BLOCK) {
            h1 ^= mix1(in.getLong());
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mix2(in.getLong());
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h1 ^= mix1(tail(in, 0));
        h2 ^= mix2(tail(in, Long.BYTES));
        h1 ^= data.size();
        h2 ^= data.size();
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    /** Up to 8 of the bytes left, from {@code offset} among them, least significant first. */
    private static long tail(ByteBuffer in, int offset) {
        long tail = 0;
        for (int i = Math.min(in.remaining() - offset, Long.BYTES) - 1; i >= 0; i--) {
            tail = tail << 8 | Byte.toUnsignedLong(in.get(in.position() + offset + i));
        }
        return tail;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long h) {
        long k = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
        return k ^ k >>> 33;
    }
}
