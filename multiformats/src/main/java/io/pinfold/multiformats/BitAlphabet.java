package io.pinfold.multiformats;

import java.util.Arrays;

/**
 * A base whose characters stand for whole bits (RFC 4648): base16, base32 and base64.
 *
 * <p>Decoding takes exactly what encoding gives: unused bits are zero, padding is complete where the base has it and
 * absent where it has not. Only case may differ, where the alphabet has one case.
 */
final class BitAlphabet implements Alphabet {

    private final char[] digits;
    private final byte[] values;
    private final int bits;
    private final int padTo;

    /** @param padTo encoded text is padded with {@code =} to a multiple of this, 1 for no padding */
    BitAlphabet(String digits, int padTo) {
        this.digits = digits.toCharArray();
        this.values = Alphabet.valuesOf(digits);
        this.bits = Integer.numberOfTrailingZeros(digits.length());
        this.padTo = padTo;
    }

    @Override
    public String encode(byte[] bytes) {
        int length = Math.toIntExact((bytes.length * 8L + bits - 1) / bits);
        char[] text = new char[(length + padTo - 1) / padTo * padTo];
        int at = 0;
        int held = 0;
        int buffer = 0;
        for (byte next : bytes) {
            buffer = (buffer << 8 | Byte.toUnsignedInt(next)) & 0xffff;
            held += 8;
            while (held >= bits) {
                held -= bits;
                text[at++] = digits[buffer >>> held & (digits.length - 1)];
            }
        }
        if (held > 0) {
            text[at++] = digits[buffer << (bits - held) & (digits.length - 1)];
        }
        Arrays.fill(text, at, text.length, '=');
        return new String(text);
    }

    @Override
    public byte[] decode(String text) throws RefusalException {
        int length = text.length();
        while (padTo > 1 && length > 0 && text.charAt(length - 1) == '=') {
            length--;
        }
        byte[] bytes = new byte[(int) ((long) length * bits / 8)];
        if ((bytes.length * 8L + bits - 1) / bits != length || (length + padTo - 1) / padTo * padTo != text.length()) {
            throw new RefusalException(Refusal.Kind.NOT_CANONICAL,
                    "text of " + text.length() + " characters is wrongly padded");
        }
        int at = 0;
        int held = 0;
        int buffer = 0;
        for (int i = 0; i < length; i++) {
            buffer = (buffer << bits | Alphabet.valueOf(values, text, i)) & 0xffff;
            held += bits;
            if (held >= 8) {
                held -= 8;
                bytes[at++] = (byte) (buffer >>> held);
            }
        }
        if ((buffer & ((1 << held) - 1)) != 0) {
            throw new RefusalException(Refusal.Kind.NOT_CANONICAL, "unused bits of the last character are not zero");
        }
        return bytes;
    }
}
