package io.pinfold.multiformats;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Unsigned varints: 7 bits a byte, least significant first, the top bit set on all bytes but the last.
 *
 * <p>As the multiformats specification has them: minimal, at most {@value #MAX_SIZE} bytes, so 0 to 2^63 - 1.
 */
public final class Varint {

    /** The greatest number of bytes of a varint. */
    public static final int MAX_SIZE = 9;

    private Varint() {}

    /** Number of bytes that {@code value} (not negative) takes. */
    public static int sizeOf(long value) {
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(requireUnsigned(value))) / 7;
    }

    /** The encoding of {@code value} (not negative). */
    public static byte[] encode(long value) {
        byte[] encoded = new byte[sizeOf(value)];
        put(encoded, 0, value);
        return encoded;
    }

    /** Writes {@code value} (not negative). */
    public static void write(OutputStream out, long value) throws IOException {
        out.write(encode(value));
    }

    /** Puts {@code value} (not negative) into {@code target} from {@code offset}, and returns the offset behind it. */
    public static int put(byte[] target, int offset, long value) {
        int at = offset;
        long rest = requireUnsigned(value);
        while (rest > 0x7f) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }

    /**
     * Reads a value of at most {@code max}, taking no byte behind it.
     *
     * @throws EOFException if the stream ends before the varint does
     * @throws MalformedVarintException if it is not minimal, longer than 9 bytes, or above {@code max}
     */
    public static long read(InputStream in, long max) throws IOException {
        try {
            long value = read(() -> readByte(in));
            if (value > max) {
                throw new RefusalException(Refusal.Kind.TOO_LONG,
                        "varint is " + value + ", at most " + max + " allowed");
            }
            return value;
        } catch (RefusalException e) {
            throw new MalformedVarintException(e.refusal());
        }
    }

    static <X extends Exception> long read(ByteSource<X> in) throws X, RefusalException {
        long value = 0;
        for (int i = 0; i < MAX_SIZE; i++) {
            int next = in.next();
            value |= (next & 0x7fL) << (7 * i);
            if (next < 0x80) {
                if (next == 0 && i > 0) {
                    throw new RefusalException(Refusal.Kind.NOT_CANONICAL, "varint is not minimal");
                }
                return value;
            }
        }
        throw new RefusalException(Refusal.Kind.OVERFLOW, "varint is longer than " + MAX_SIZE + " bytes");
    }

    /** Where {@link #read(ByteSource)} takes its bytes from. */
    @FunctionalInterface
    interface ByteSource<X extends Exception> {
        /** The next byte, 0 to 255. */
        int next() throws X;
    }

    private static int readByte(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("stream ends within a varint");
        }
        return next;
    }

    private static long requireUnsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is not negative: " + value);
        }
        return value;
    }
}
