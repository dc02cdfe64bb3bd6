package io.pinfold.chain.core;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks of text that goes into the chain, where it is UTF-8. */
final class Texts {

    private Texts() {}

    /**
     * Number of bytes of {@code text} in UTF-8.
     *
     * @throws IllegalArgumentException if it has no encoding, that is an unpaired surrogate
     */
    static int sizeInUtf8(String what, String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " is no Unicode text", e);
        }
    }

    /**
     * Checks that {@code text} has at most {@code max} bytes in UTF-8.
     *
     * @throws IllegalArgumentException if it has more
     */
    static void requireSize(String what, String text, int max) {
        int size = sizeInUtf8(what, text);
        if (size > max) {
            throw new IllegalArgumentException(what + " of " + size + " bytes, at most " + max + " allowed");
        }
    }
}
