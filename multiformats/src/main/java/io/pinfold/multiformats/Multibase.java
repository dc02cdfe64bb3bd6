package io.pinfold.multiformats;

/**
 * Text encodings of bytes that name themselves by their first character.
 *
 * <p>Text in a base of one case is accepted in either; anything else that encoding would not give is refused. Text in
 * base36 and base58btc, which take quadratic time, is refused above 4,096 characters.
 */
public enum Multibase {
    /** Hexadecimal. */
    BASE16('f', new BitAlphabet("0123456789abcdef", 1)),
    /** Hexadecimal in capitals. */
    BASE16_UPPER('F', new BitAlphabet("0123456789ABCDEF", 1)),
    /** RFC 4648 base32 without padding; the form of a version 1 CID. */
    BASE32('b', new BitAlphabet("abcdefghijklmnopqrstuvwxyz234567", 1)),
    /** RFC 4648 base32 in capitals without padding. */
    BASE32_UPPER('B', new BitAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 1)),
    /** RFC 4648 base32. */
    BASE32_PAD('c', new BitAlphabet("abcdefghijklmnopqrstuvwxyz234567", 8)),
    /** RFC 4648 base32 in capitals. */
    BASE32_PAD_UPPER('C', new BitAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 8)),
    /** One number in base 36; the form of an IPNS name. */
    BASE36('k', new RadixAlphabet("0123456789abcdefghijklmnopqrstuvwxyz")),
    /** One number in base 36, in capitals. */
    BASE36_UPPER('K', new RadixAlphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    /** One number in base 58 with Bitcoin's alphabet; bare, the form of a version 0 CID and of a peer id. */
    BASE58_BTC('z', new RadixAlphabet("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")),
    /** RFC 4648 base64 without padding. */
    BASE64('m', new BitAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 1)),
    /** RFC 4648 base64. */
    BASE64_PAD('M', new BitAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 4)),
    /** RFC 4648 base64url without padding. */
    BASE64_URL('u', new BitAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 1)),
    /** RFC 4648 base64url. */
    BASE64_URL_PAD('U', new BitAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 4));

    private final char prefix;
    @SuppressWarnings("ImmutableEnumChecker") // the tables of an alphabet are never written again
    private final Alphabet alphabet;

    Multibase(char prefix, Alphabet alphabet) {
        this.prefix = prefix;
        this.alphabet = alphabet;
    }

    /** The first character of text in this base. */
    public char prefix() {
        return prefix;
    }

    /** The prefix and {@code bytes} in this base. */
    public String encode(Bytes bytes) {
        return prefix + encodeBare(bytes);
    }

    /** {@code bytes} in this base, without the prefix. */
    public String encodeBare(Bytes bytes) {
        return alphabet.encode(bytes.toArray());
    }

    /** The bytes that {@code text} spells in the base of its prefix. */
    public static Decoded<Bytes> decode(String text) {
        return of(text).flatMap(base -> base.decodeBare(text.substring(1)));
    }

    /** The bytes that {@code text}, without a prefix, spells in this base. */
    public Decoded<Bytes> decodeBare(String text) {
        return Decoded.attempt(() -> Bytes.copyOf(alphabet.decode(text)));
    }

    /** The base that the first character of {@code text} names. */
    public static Decoded<Multibase> of(String text) {
        if (text.isEmpty()) {
            return Decoded.refused(Refusal.Kind.TRUNCATED, "text is empty");
        }
        for (Multibase base : values()) {
            if (base.prefix == text.charAt(0)) {
                return Decoded.ok(base);
            }
        }
        return Decoded.refused(Refusal.Kind.UNSUPPORTED,
                "unknown multibase prefix U+%04X".formatted((int) text.charAt(0)));
    }
}
