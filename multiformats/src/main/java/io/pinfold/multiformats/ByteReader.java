package io.pinfold.multiformats;

/**
 * A position in a sequence of bytes, from which a parser takes varints and slices without ever passing its end.
 *
 * <p>No length is believed before it is compared with what is left, so nothing is allocated on the word of the input.
 */
public final class ByteReader {

    private final byte[] bytes;
    private int at;

    /** A reader at the first byte of {@code bytes}. */
    public ByteReader(Bytes bytes) {
        this.bytes = bytes.array();
    }

    /** Number of bytes not taken yet. */
    public int remaining() {
        return bytes.length - at;
    }

    /** Number of bytes taken. */
    public int position() {
        return at;
    }

    /** Whether the next bytes are {@code prefix}; takes none. */
    public boolean startsWith(int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (i >= remaining() || Byte.toUnsignedInt(bytes[at + i]) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Takes one byte, 0 to 255. */
    public int readByte() throws RefusalException {
        if (at == bytes.length) {
            throw new RefusalException(Refusal.Kind.TRUNCATED, "input ends at byte " + at);
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    /** Takes an unsigned varint. */
    public long readVarint() throws RefusalException {
        return Varint.<RefusalException>read(this::readByte);
    }

    /** The bytes not taken yet. */
    public Bytes rest() {
        return Bytes.copyOf(bytes, at, remaining());
    }

    /** Takes {@code length} (not negative) bytes. */
    public Bytes readBytes(long length) throws RefusalException {
        if (length > remaining()) {
            throw new RefusalException(Refusal.Kind.TRUNCATED,
                    "input has " + remaining() + " of " + length + " bytes at byte " + at);
        }
        Bytes taken = Bytes.copyOf(bytes, at, (int) length);
        at += (int) length;
        return taken;
    }

    /** Takes a varint of at most {@code max} and as many bytes. */
    public Bytes readPrefixed(int max) throws RefusalException {
        long length = readVarint();
        if (length > max) {
            throw new RefusalException(Refusal.Kind.TOO_LONG, "length is " + length + ", at most " + max + " allowed");
        }
        return readBytes(length);
    }

    /** Refuses if bytes are left. */
    public void expectEnd() throws RefusalException {
        if (remaining() > 0) {
            throw new RefusalException(Refusal.Kind.TRAILING, remaining() + " bytes follow at byte " + at);
        }
    }
}
