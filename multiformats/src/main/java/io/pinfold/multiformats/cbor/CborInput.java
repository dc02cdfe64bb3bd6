package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A position in encoded bytes: takes arguments, numbers and strings, never past the end. */
final class CborInput {

    private static final int[] SIZES = {1, 2, 4, 8};

    private final byte[] bytes;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private int at;

    CborInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return at;
    }

    int remaining() {
        return bytes.length - at;
    }

    int readByte() throws RefusalException {
        if (at == bytes.length) {
            throw refuse(Kind.TRUNCATED, "input ends");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    /** The argument of a head whose low five bits are {@code info}: unsigned, shortest form only. */
    long readArgument(int info) throws RefusalException {
        if (info < Major.ONE_BYTE) {
            return info;
        }
        if (info > Major.EIGHT_BYTES) {
            throw info == Major.INDEFINITE
                    ? refuse(Kind.NOT_CANONICAL, "length is indefinite")
                    : refuse(Kind.MALFORMED, "additional information " + info + " is reserved");
        }
        int size = SIZES[info - Major.ONE_BYTE];
        long argument = readNumber(size);
        boolean shortest = size == 1 ? argument >= Major.ONE_BYTE : argument >>> (size * 4) != 0;
        if (!shortest) {
            throw refuse(Kind.NOT_CANONICAL, "argument is not in its shortest form");
        }
        return argument;
    }

    /** The argument of a string, list or map: no more than the number of bytes left. */
    int readLength(int info) throws RefusalException {
        long length = readArgument(info);
        if (length < 0 || length > remaining()) {
            throw refuse(Kind.TRUNCATED, "length " + Long.toUnsignedString(length) + " exceeds the input");
        }
        return (int) length;
    }

    /** A big-endian number of {@code size} bytes. */
    long readNumber(int size) throws RefusalException {
        if (remaining() < size) {
            throw refuse(Kind.TRUNCATED, "input ends within a number");
        }
        long number = 0;
        for (int i = 0; i < size; i++) {
            number = number << 8 | Byte.toUnsignedLong(bytes[at++]);
        }
        return number;
    }

    /** Takes {@code length} bytes, which {@link #readLength} has checked. */
    Bytes readBytes(int length) {
        Bytes taken = Bytes.copyOf(bytes, at, length);
        at += length;
        return taken;
    }

    /** Takes {@code length} bytes, which {@link #readLength} has checked, as UTF-8. */
    String readText(int length) throws RefusalException {
        int from = at;
        at += length;
        if (isAscii(from, length)) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return utf8.decode(ByteBuffer.wrap(bytes, from, length)).toString();
        } catch (CharacterCodingException e) {
            throw refuse(Kind.MALFORMED, "text is not valid UTF-8 (" + e.getMessage() + ")");
        }
    }

    private boolean isAscii(int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Canonical order of the key of {@code length} bytes at {@code position} and the one of {@code nextLength} here. */
    int compare(int position, int length, int nextLength) {
        return length == nextLength
                ? Arrays.compareUnsigned(bytes, position, position + length, bytes, at, at + nextLength)
                : Integer.compare(length, nextLength);
    }

    void expectEnd() throws RefusalException {
        if (remaining() > 0) {
            throw refuse(Kind.TRAILING, remaining() + " bytes follow");
        }
    }

    RefusalException refuse(Kind kind, String detail) {
        return new RefusalException(kind, detail + ", at byte " + at);
    }
}
