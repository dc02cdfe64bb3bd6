package io.pinfold.multiformats;

import java.util.Arrays;
import java.util.Locale;

/** A way to write bytes with the characters of one base. */
sealed interface Alphabet permits BitAlphabet, RadixAlphabet {

    /** The text that stands for {@code bytes}. */
    String encode(byte[] bytes);

    /** The bytes that {@code text} stands for. */
    byte[] decode(String text) throws RefusalException;

    /** For each ASCII character its value in {@code digits}, -1 for none; either case counts if the digits have one. */
    static byte[] valuesOf(String digits) {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        boolean oneCase = digits.equals(digits.toLowerCase(Locale.ROOT))
                || digits.equals(digits.toUpperCase(Locale.ROOT));
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            values[digit] = (byte) i;
            if (oneCase) {
                values[Character.toLowerCase(digit)] = (byte) i;
                values[Character.toUpperCase(digit)] = (byte) i;
            }
        }
        return values;
    }

    /** The value of the character of {@code text} at {@code index}. */
    static int valueOf(byte[] values, String text, int index) throws RefusalException {
        char digit = text.charAt(index);
        int value = digit < values.length ? values[digit] : -1;
        if (value < 0) {
            throw new RefusalException(Refusal.Kind.MALFORMED,
                    "character U+%04X at %d is not of this base".formatted((int) digit, index));
        }
        return value;
    }
}
