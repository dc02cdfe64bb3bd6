package io.pinfold.multiformats.unixfs;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The message of a time: 1 seconds (a varint of 64 bits, negative before 1970), 2 nanoseconds (32 bits, absent if 0). */
final class UnixFsTime {

    /** The greatest size of a time, with room for unknown fields. */
    static final int MAX_BYTES = 64;

    private static final int SECONDS = 0x08;
    private static final int NANOS = 0x15;
    private static final long MAX_NANOS = 999_999_999;
    private static final int MAX_VARINT = 10;

    private UnixFsTime() {}

    static Bytes encode(Instant time) {
        ByteBuffer out = ByteBuffer.allocate(2 + MAX_VARINT + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) SECONDS);
        long rest = time.getEpochSecond();
        int nanos = time.getNano();
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
        if (nanos > 0) {
            out.put((byte) NANOS).putInt(nanos);
        }
        return Bytes.copyOf(out.array(), 0, out.position());
    }

    /** The time that {@code bytes} are; absent without seconds, or with nanoseconds that make up a second. */
    static Optional<Instant> decode(Bytes bytes) throws RefusalException {
        ByteReader in = new ByteReader(bytes);
        Optional<Long> seconds = Optional.empty();
        long nanos = 0;
        while (in.remaining() > 0) {
            long tag = in.readVarint();
            if (tag == SECONDS) {
                seconds = Optional.of(readSigned(in));
            } else if (tag == NANOS) {
                nanos = Integer.toUnsignedLong(in.readBytes(4).toBuffer().order(ByteOrder.LITTLE_ENDIAN).getInt());
            } else {
                skip(in, (int) (tag & 7));
            }
        }
        try {
            return seconds.isEmpty() || nanos > MAX_NANOS
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(seconds.get(), nanos));
        } catch (DateTimeException e) {
            throw new RefusalException(Kind.OVERFLOW, "time of " + seconds.get() + " seconds");
        }
    }

    /** Takes a varint of 64 bits in two's complement, which {@link ByteReader#readVarint} would refuse if negative. */
    private static long readSigned(ByteReader in) throws RefusalException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            int next = in.readByte();
            value |= (next & 0x7fL) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw new RefusalException(Kind.OVERFLOW, "varint is longer than " + MAX_VARINT + " bytes");
    }

    /** Passes over a field of a type of protobuf's. */
    static void skip(ByteReader in, int wireType) throws RefusalException {
        switch (wireType) {
            case 0 -> readSigned(in);
            case 1 -> in.readBytes(8);
            case 2 -> in.readPrefixed(UnixFsData.MAX_BYTES);
            case 5 -> in.readBytes(4);
            default -> throw new RefusalException(Kind.MALFORMED, "wire type " + wireType + " in a UnixFS node");
        }
    }
}
