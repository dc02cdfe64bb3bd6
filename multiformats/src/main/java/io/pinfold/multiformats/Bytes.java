package io.pinfold.multiformats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Checksum;

/**
 * An immutable sequence of bytes with value equality and unsigned lexicographic order.
 *
 * <p>Arrays are copied on the way in and on the way out, so a holder never sees them change.
 */
public final class Bytes implements Comparable<Bytes> {

    /** The sequence of length zero. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static Bytes copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** A copy of {@code length} bytes of {@code bytes} from {@code offset}. */
    public static Bytes copyOf(byte[] bytes, int offset, int length) {
        return new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /**
     * The next bytes of {@code in}: {@code size} of them, or fewer where the stream ends.
     *
     * <p>They are read straight into place, without a copy.
     */
    public static Bytes readFrom(InputStream in, int size) throws IOException {
        byte[] bytes = new byte[size];
        int read = in.readNBytes(bytes, 0, size);
        return new Bytes(read == size ? bytes : Arrays.copyOf(bytes, read));
    }

    /** The bytes that {@code hex} spells, two digits each, in either case. */
    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The byte at {@code index}, from 0. */
    public byte get(int index) {
        return bytes[index];
    }

    /** A fresh array with these bytes. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** A read-only view, positioned at the first byte. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Adds the bytes to {@code sum}. */
    public void addTo(Checksum sum) {
        sum.update(bytes);
    }

    /** Writes the bytes, without a copy of them. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** Writes the bytes from {@code from} (inclusive) to {@code to} (exclusive), without a copy of them. */
    public void writeTo(OutputStream out, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
    }

    /** Puts the bytes into {@code target} from {@code offset}, and returns the offset behind them. */
    public int put(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return offset + bytes.length;
    }

    /** The sequence that {@code bytes}, which nobody changes any more, holds. */
    static Bytes owning(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** The array itself, for readers within this package that neither change nor keep it. */
    byte[] array() {
        return bytes;
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Bytes slice(int from, int to) {
        return new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    /** These bytes followed by {@code more}. */
    public Bytes concat(Bytes more) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
        System.arraycopy(more.bytes, 0, joined, bytes.length, more.bytes.length);
        return new Bytes(joined);
    }

    /** Whether the first bytes are those of {@code prefix}. */
    public boolean startsWith(Bytes prefix) {
        return size() >= prefix.size()
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /** Lower-case hexadecimal, two digits a byte. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
