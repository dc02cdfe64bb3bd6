package io.pinfold.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Decoding of percent-encoded text (RFC 3986); broken escapes and broken UTF-8 are refused. */
final class PercentCode {

    private PercentCode() {}

    /** The text that {@code encoded} stands for, or nothing if it is malformed. */
    static Optional<String> decode(String encoded, boolean plusIsSpace) {
        byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int value = i + 2 < in.length ? hex(in[i + 1]) << 4 | hex(in[i + 2]) : -1;
                if (value < 0) {
                    return Optional.empty();
                }
                out.put((byte) value);
                i += 2;
            } else {
                out.put(plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i]);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** The digit's value, or a number so negative that it stays negative in the combination. */
    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? Integer.MIN_VALUE >> 4 : value;
    }
}
