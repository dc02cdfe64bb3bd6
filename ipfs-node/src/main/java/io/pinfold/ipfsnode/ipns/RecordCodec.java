package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.key.PeerKey;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads and writes IPNS records: a protobuf message around signed DAG-CBOR. */
final class RecordCodec {

    private static final Bytes DOMAIN = Bytes.copyOf("ipns-signature:".getBytes(StandardCharsets.US_ASCII));
    private static final CborLimits LIMITS = new CborLimits(IpnsRecord.MAX_BYTES, 16, 1024);

    /** The one kind of validity there is: until a time. */
    private static final long UNTIL = 0;

    private RecordCodec() {}

    /** What is signed. */
    private record Signed(Bytes value, Bytes validity, long sequence, long ttl) {

        static Signed read(Bytes data) throws RefusalException {
            CborValue document = DagCbor.decode(data, LIMITS).orRefuse();
            return CborFields.read("record data", document, in -> {
                in.keys(); // others may put fields of their own into it
                in.number("ValidityType", UNTIL, UNTIL);
                return new Signed(in.bytes("Value", IpnsRecord.MAX_BYTES), in.bytes("Validity", ValidityText.MAX_BYTES),
                        in.number("Sequence", 0, Long.MAX_VALUE), in.number("TTL", 0, Long.MAX_VALUE));
            }).orRefuse();
        }

        Bytes toBytes() {
            return DagCbor.encode(CborMap.builder()
                    .put("Value", value)
                    .put("Validity", validity)
                    .put("ValidityType", UNTIL)
                    .put("Sequence", sequence)
                    .put("TTL", ttl)
                    .build());
        }
    }

    static IpnsRecord read(IpnsName name, Bytes encoded) throws RefusalException {
        if (encoded.size() > IpnsRecord.MAX_BYTES) {
            throw new RefusalException(Kind.TOO_LONG,
                    "record of " + encoded.size() + " bytes, at most " + IpnsRecord.MAX_BYTES + " allowed");
        }
        IpnsEntry entry = IpnsEntry.read(encoded);
        Bytes signature = required("V2 signature", entry.signatureV2());
        Bytes data = required("data", entry.data());
        if (!key(name, entry.pubKey()).verifies(DOMAIN.concat(data), signature)) {
            throw new RefusalException(Kind.BAD_SIGNATURE, "the signature is not that of " + name);
        }
        Signed signed = Signed.read(data);
        compareV1(entry, signed);
        return new IpnsRecord(name, signed.value, ValidityText.parse(signed.validity), signed.sequence,
                Duration.ofNanos(signed.ttl), encoded);
    }

    static IpnsRecord write(PrivateKey key, Bytes value, Instant validUntil, long sequence, Duration ttl) {
        Signed signed = new Signed(value, ValidityText.format(validUntil), sequence, ttl.toNanos());
        Bytes data = signed.toBytes();
        Bytes encoded = IpnsEntry.of(key.sign(DOMAIN.concat(data)), data).toBytes();
        if (encoded.size() > IpnsRecord.MAX_BYTES) {
            throw new IllegalArgumentException("the value is too long for a record: " + value.size() + " bytes");
        }
        return new IpnsRecord(new IpnsName(key.peerId()), value, validUntil, sequence, ttl, encoded);
    }

    private static Bytes required(String what, Optional<Bytes> field) throws RefusalException {
        return field.filter(bytes -> !bytes.isEmpty())
                .orElseThrow(() -> new RefusalException(Kind.MALFORMED, "record without " + what));
    }

    private static PeerKey key(IpnsName name, Optional<Bytes> carried) throws RefusalException {
        if (carried.isEmpty() || carried.get().isEmpty()) {
            return name.id()
                    .publicKey()
                    .orElseThrow(() -> new RefusalException(Kind.MALFORMED, "record without the key of " + name));
        }
        PeerKey key = PeerKey.decode(carried.get()).orRefuse();
        if (!key.peerId().equals(name.id())) {
            throw new RefusalException(Kind.MALFORMED, "record with a key that is not that of " + name);
        }
        return key;
    }

    /** What is not signed may be there, and then says the same; numbers that are absent are 0, as protobuf has it. */
    private static void compareV1(IpnsEntry entry, Signed signed) throws RefusalException {
        boolean whole = entry.value().isPresent() || entry.signatureV1().isPresent();
        same("value", entry.value(), signed.value, whole);
        same("validity", entry.validity(), signed.validity, whole);
        same("validity type", entry.validityType(), UNTIL, whole);
        same("sequence", entry.sequence(), signed.sequence, whole);
        same("TTL", entry.ttl(), signed.ttl, whole);
    }

    private static void same(String what, Optional<Bytes> outside, Bytes inside, boolean needed)
            throws RefusalException {
        if (outside.isPresent() ? !outside.get().equals(inside) : needed) {
            throw differs(what);
        }
    }

    private static void same(String what, OptionalLong outside, long inside, boolean needed) throws RefusalException {
        if ((outside.isPresent() || needed) && outside.orElse(0) != inside) {
            throw differs(what);
        }
    }

    private static RefusalException differs(String what) {
        return new RefusalException(Kind.NOT_CANONICAL, "the " + what + " outside of the signed data is another");
    }
}
