package io.pinfold.multiformats;

import java.util.Arrays;

/**
 * A base that writes all bytes as one big-endian number, each leading zero byte as one leading zero digit: base36 and
 * base58btc.
 *
 * <p>Its cost grows with the square of the length, so the length is bounded.
 */
final class RadixAlphabet implements Alphabet {

    /** The greatest number of characters, and of bytes, that is converted. */
    static final int MAX_LENGTH = 4096;

    private final String digits;
    private final byte[] values;

    RadixAlphabet(String digits) {
        this.digits = digits;
        this.values = Alphabet.valuesOf(digits);
    }

    /** @throws IllegalArgumentException for more than {@value #MAX_LENGTH} bytes */
    @Override
    public String encode(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes are too many for base " + digits.length());
        }
        int[] source = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            source[i] = Byte.toUnsignedInt(bytes[i]);
        }
        int[] converted = convert(source, 256, digits.length());
        StringBuilder text = new StringBuilder(converted.length);
        for (int digit : converted) {
            text.append(digits.charAt(digit));
        }
        return text.toString();
    }

    @Override
    public byte[] decode(String text) throws RefusalException {
        if (text.length() > MAX_LENGTH) {
            throw new RefusalException(Refusal.Kind.TOO_LONG,
                    "text of " + text.length() + " characters, at most " + MAX_LENGTH + " allowed");
        }
        int[] source = new int[text.length()];
        for (int i = 0; i < source.length; i++) {
            source[i] = Alphabet.valueOf(values, text, i);
        }
        int[] converted = convert(source, digits.length(), 256);
        byte[] bytes = new byte[converted.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) converted[i];
        }
        return bytes;
    }

    private static int[] convert(int[] source, int from, int to) {
        int zeros = 0;
        while (zeros < source.length && source[zeros] == 0) {
            zeros++;
        }
        int[] reversed = new int[zeros + (int) Math.ceil((source.length - zeros) * Math.log(from) / Math.log(to)) + 1];
        int length = 0;
        for (int i = zeros; i < source.length; i++) {
            int carry = source[i];
            for (int j = 0; j < length; j++) {
                carry += reversed[j] * from;
                reversed[j] = carry % to;
                carry /= to;
            }
            while (carry > 0) {
                reversed[length++] = carry % to;
                carry /= to;
            }
        }
        int[] target = new int[zeros + length];
        for (int i = 0; i < length; i++) {
            target[target.length - 1 - i] = reversed[i];
        }
        Arrays.fill(target, 0, zeros, 0);
        return target;
    }
}
