package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;

/**
 * What a name stands for until when, signed by the name's key.
 *
 * <p>A record from elsewhere is made by {@link #verify} alone, so each that there is has a valid V2 signature. Whether it
 * has expired is asked when it is used.
 *
 * @param name the name it speaks of
 * @param value a path such as {@code /ipfs/bafy…}, of which nothing is checked
 * @param validUntil when it expires
 * @param sequence its number; of two records of a name the one with the greater number counts
 * @param ttl how long it may be kept before one looks for a newer one, a hint
 * @param encoded as it travels, at most {@value #MAX_BYTES} bytes
 */
public record IpnsRecord(IpnsName name, Bytes value, Instant validUntil, long sequence, Duration ttl, Bytes encoded) {

    /** The greatest size of a record, in bytes (IPNS specification, record size limit). */
    public static final int MAX_BYTES = 10 << 10;

    private static final Comparator<IpnsRecord> BY_AGE = Comparator.comparingLong(IpnsRecord::sequence)
            .thenComparing(IpnsRecord::validUntil)
            .thenComparing(IpnsRecord::encoded);

    /**
     * The record of {@code name} that {@code encoded} is.
     *
     * <p>Refused: TOO_LONG above {@value #MAX_BYTES} bytes; MALFORMED without V2 signature or data, or with a key missing or
     * not the name's; BAD_SIGNATURE; NOT_CANONICAL with a field twice or with V1 fields that differ from the signed ones;
     * UNSUPPORTED for other kinds of validity and keys that we cannot use; what the DAG-CBOR codec refuses.
     */
    public static Decoded<IpnsRecord> verify(IpnsName name, Bytes encoded) {
        return Decoded.attempt(() -> RecordCodec.read(name, encoded));
    }

    /** A new record, signed by {@code key}. */
    public static IpnsRecord sign(PrivateKey key, String value, Instant validUntil, long sequence, Duration ttl) {
        return RecordCodec.write(key, Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8)), validUntil, sequence, ttl);
    }

    /** The value as text; what is no UTF-8 in it is replaced by U+FFFD. */
    public String valueText() {
        return new String(value.toArray(), StandardCharsets.UTF_8);
    }

    /** Whether it counts now. */
    public boolean isValid(InstantSource clock) {
        return clock.instant().isBefore(validUntil);
    }

    /**
     * Whether this record takes the place of {@code other}, of the same name: by sequence, then by validity, and last by its
     * bytes, so that everybody chooses the same.
     */
    public boolean isNewerThan(IpnsRecord other) {
        return BY_AGE.compare(this, other) > 0;
    }
}
