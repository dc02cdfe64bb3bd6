package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;

/**
 * The strict DAG-CBOR codec: each value has one encoding, and decoding accepts no other.
 *
 * <p>So {@code encode(decode(bytes))} is {@code bytes} for all bytes that are accepted, and
 * {@code decode(encode(value))} is {@code value} within the limits.
 */
public final class DagCbor {

    private DagCbor() {}

    /**
     * The canonical encoding of {@code value}.
     *
     * @throws IllegalArgumentException if it is nested deeper than {@link CborLimits#HARD_MAX_DEPTH}
     */
    public static Bytes encode(CborValue value) {
        return new CborEncoder().encode(value);
    }

    /**
     * The value that {@code encoded} is, wholly.
     *
     * <p>Refused: TOO_LONG, TOO_DEEP, TOO_MANY beyond the limits, before anything is allocated for it; TRUNCATED and
     * TRAILING; NOT_CANONICAL for lengths and integers that are not shortest, indefinite lengths, unsorted or repeated
     * keys, and floats of other sizes than 64 bits; OVERFLOW for integers beyond 64 bits with sign; UNSUPPORTED for tags
     * other than 42, undefined, other simple values, NaN and infinities; WRONG_TYPE for map keys that are no text and tag
     * 42 on anything but bytes; MALFORMED for invalid UTF-8 and reserved codes.
     */
    public static Decoded<CborValue> decode(Bytes encoded, CborLimits limits) {
        return Decoded.attempt(() -> CborDecoder.decode(encoded, limits));
    }
}
