package io.pinfold.multiformats;

/**
 * The reason why a parser did not accept its input: a kind that programs tell apart, and a sentence for people.
 *
 * @param detail what was wrong and where; it never repeats more than a short excerpt of the input
 */
public record Refusal(Kind kind, String detail) {

    /** What is wrong with refused input. */
    public enum Kind {
        /** The input ends before the value does. */
        TRUNCATED,
        /** A length or size is above its limit. */
        TOO_LONG,
        /** Bytes follow the value. */
        TRAILING,
        /** The value has another, canonical encoding. */
        NOT_CANONICAL,
        /** The value is of another type than the one expected. */
        WRONG_TYPE,
        /** Values are nested deeper than the limit. */
        TOO_DEEP,
        /** There are more items than the limit. */
        TOO_MANY,
        /** A number does not fit. */
        OVERFLOW,
        /** The input is well-formed and of a kind that this program does not know. */
        UNSUPPORTED,
        /** The input breaks the rules of its format in any other way. */
        MALFORMED,
        /** A block is not what its CID names. */
        WRONG_HASH,
        /** A signature does not verify. */
        BAD_SIGNATURE
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
