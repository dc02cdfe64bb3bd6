package io.pinfold.ipfsnode.store.database;

import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes keys whose unsigned lexicographic order is the order of what they are made of. */
public final class Keys {

    private Keys() {}

    /** A number that is not negative, in eight bytes. */
    public static Bytes number(long number) {
        return Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** The number at the beginning of {@code key}. */
    public static long number(Bytes key) {
        return key.toBuffer().getLong();
    }

    /** The bytes of a name in ASCII. */
    public static Bytes name(String name) {
        return Bytes.copyOf(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** The least key that is greater than {@code key}. */
    public static Bytes after(Bytes key) {
        return key.concat(Bytes.copyOf(new byte[1]));
    }

    /** The least key that is greater than all that begin with {@code prefix}, which is not all 0xff. */
    public static Bytes behind(Bytes prefix) {
        byte[] end = prefix.toArray();
        int last = end.length - 1;
        while (last >= 0 && end[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("nothing is behind " + prefix);
        }
        end[last]++;
        return Bytes.copyOf(Arrays.copyOf(end, last + 1));
    }
}
