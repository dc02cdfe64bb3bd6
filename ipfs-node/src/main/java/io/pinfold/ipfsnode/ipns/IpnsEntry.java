package io.pinfold.ipfsnode.ipns;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;

/** The protobuf message {@code IpnsEntry}, nothing about it checked but its shape. Fields that we do not know are passed over. */
record IpnsEntry(Optional<Bytes> value, Optional<Bytes> signatureV1, OptionalLong validityType,
        Optional<Bytes> validity,
        OptionalLong sequence, OptionalLong ttl, Optional<Bytes> pubKey, Optional<Bytes> signatureV2,
        Optional<Bytes> data) {

    private static final int VALUE = 1;
    private static final int SIGNATURE_V1 = 2;
    private static final int VALIDITY_TYPE = 3;
    private static final int VALIDITY = 4;
    private static final int SEQUENCE = 5;
    private static final int TTL = 6;
    private static final int PUB_KEY = 7;
    private static final int SIGNATURE_V2 = 8;
    private static final int DATA = 9;

    private static final int WIRE_BITS = 3;
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    /** An entry of the present kind, without V1 fields and, since names of Ed25519 hold the key, without the key. */
    static IpnsEntry of(Bytes signature, Bytes data) {
        return new IpnsEntry(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(),
                OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.of(signature),
                Optional.of(data));
    }

    static IpnsEntry read(Bytes encoded) throws RefusalException {
        Bytes[] bytes = new Bytes[DATA + 1];
        long[] numbers = new long[DATA + 1];
        BitSet there = new BitSet();
        try {
            CodedInputStream in = CodedInputStream.newInstance(encoded.toBuffer());
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int field = tag >>> WIRE_BITS;
                if (field > DATA) {
                    in.skipField(tag);
                    continue;
                }
                if (there.get(field)) {
                    throw new RefusalException(Kind.NOT_CANONICAL, "record has field " + field + " twice");
                }
                there.set(field);
                int wire = tag & ((1 << WIRE_BITS) - 1);
                if (wire != (field == VALIDITY_TYPE || field == SEQUENCE || field == TTL ? VARINT : LENGTH_DELIMITED)) {
                    throw new RefusalException(Kind.WRONG_TYPE, "record has field " + field + " of wire type " + wire);
                }
                if (wire == VARINT) {
                    numbers[field] = in.readUInt64();
                } else {
                    bytes[field] = Bytes.copyOf(in.readByteArray());
                }
            }
        } catch (IOException e) {
            throw new RefusalException(Kind.MALFORMED, "record is no protobuf message: " + e.getMessage());
        }
        return new IpnsEntry(Optional.ofNullable(bytes[VALUE]), Optional.ofNullable(bytes[SIGNATURE_V1]),
                number(there, numbers, VALIDITY_TYPE), Optional.ofNullable(bytes[VALIDITY]),
                number(there, numbers, SEQUENCE), number(there, numbers, TTL), Optional.ofNullable(bytes[PUB_KEY]),
                Optional.ofNullable(bytes[SIGNATURE_V2]), Optional.ofNullable(bytes[DATA]));
    }

    private static OptionalLong number(BitSet there, long[] numbers, int field) {
        return there.get(field) ? OptionalLong.of(numbers[field]) : OptionalLong.empty();
    }

    Bytes toBytes() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(target);
        try {
            write(out, VALUE, value);
            write(out, SIGNATURE_V1, signatureV1);
            write(out, VALIDITY_TYPE, validityType);
            write(out, VALIDITY, validity);
            write(out, SEQUENCE, sequence);
            write(out, TTL, ttl);
            write(out, PUB_KEY, pubKey);
            write(out, SIGNATURE_V2, signatureV2);
            write(out, DATA, data);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(target.toByteArray());
    }

    private static void write(CodedOutputStream out, int field, Optional<Bytes> value) throws IOException {
        if (value.isPresent()) {
            out.writeByteArray(field, value.get().toArray());
        }
    }

    private static void write(CodedOutputStream out, int field, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            out.writeUInt64(field, value.getAsLong());
        }
    }
}
