package io.pinfold.multiformats;

/**
 * Puts together {@link Bytes} whose size is known beforehand, without copying them at the end. Used once.
 *
 * <p>Putting more than the size, or building with less, is a bug and throws.
 */
public final class BytesBuilder {

    private byte[] bytes;
    private int at;

    /** A builder of {@code size} bytes. */
    public BytesBuilder(int size) {
        bytes = new byte[size];
    }

    /** Puts the lowest 8 bits of {@code value}. */
    public BytesBuilder put(int value) {
        bytes[at++] = (byte) value;
        return this;
    }

    /** Puts an unsigned varint; {@code value} is not negative. */
    public BytesBuilder putVarint(long value) {
        at = Varint.put(bytes, at, value);
        return this;
    }

    /** Puts all of {@code more}. */
    public BytesBuilder put(Bytes more) {
        at = more.put(bytes, at);
        return this;
    }

    /** Puts the size of {@code more} as a varint, and all of it. */
    public BytesBuilder putPrefixed(Bytes more) {
        return putVarint(more.size()).put(more);
    }

    /** Number of bytes that {@link #putPrefixed} takes for {@code size} bytes. */
    public static int sizeOfPrefixed(int size) {
        return Varint.sizeOf(size) + size;
    }

    /** The bytes. */
    public Bytes build() {
        if (at != bytes.length) {
            throw new IllegalStateException("built with " + at + " of " + bytes.length + " bytes");
        }
        Bytes built = Bytes.owning(bytes);
        bytes = new byte[0];
        return built;
    }
}
