package io.pinfold.libp2p.record;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.key.PeerKey;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A payload with the signature of a peer's identity key, and that key (RFC 0002).
 *
 * @param key whose signature it is
 * @param payloadType what the payload is
 * @param payload the signed bytes
 * @param signature over domain, type and payload, each behind its length
 */
record Envelope(PeerKey key, Bytes payloadType, Bytes payload, Bytes signature) {

    private static final int KEY = 1;
    private static final int TYPE = 2;
    private static final int PAYLOAD = 3;
    private static final int SIGNATURE = 5;

    /** Signs {@code payload}. */
    static Envelope sign(PrivateKey key, String domain, Bytes payloadType, Bytes payload) {
        return new Envelope(key.publicKey(), payloadType, payload, key.sign(signed(domain, payloadType, payload)));
    }

    /** Whether the signature holds in {@code domain}. */
    boolean verifies(String domain) {
        return key.verifies(signed(domain, payloadType, payload), signature);
    }

    Bytes toBytes() {
        return Proto.message(out -> {
            out.writeByteArray(KEY, key.toBytes().toArray());
            out.writeByteArray(TYPE, payloadType.toArray());
            out.writeByteArray(PAYLOAD, payload.toArray());
            out.writeByteArray(SIGNATURE, signature.toArray());
        });
    }

    /** Parses an envelope; the signature is not looked at. */
    static Decoded<Envelope> decode(Bytes message) {
        Bytes[] fields = {Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY};
        try {
            Proto.read(message, (tag, in) -> {
                int field = fieldOf(tag);
                if (field >= 0) {
                    fields[field] = Proto.bytes(in);
                }
                return field >= 0;
            });
        } catch (IOException e) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "the envelope is not a protobuf message");
        }
        return PeerKey.decode(fields[0]).map(key -> new Envelope(key, fields[1], fields[2], fields[3]));
    }

    private static int fieldOf(int tag) {
        if (tag == Proto.bytesTag(KEY)) {
            return 0;
        }
        if (tag == Proto.bytesTag(TYPE)) {
            return 1;
        }
        if (tag == Proto.bytesTag(PAYLOAD)) {
            return 2;
        }
        return tag == Proto.bytesTag(SIGNATURE) ? 3 : -1;
    }

    private static Bytes signed(String domain, Bytes payloadType, Bytes payload) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        for (byte[] part : new byte[][]{domain.getBytes(StandardCharsets.UTF_8), payloadType.toArray(),
            payload.toArray()}) {
            target.writeBytes(Varint.encode(part.length));
            target.writeBytes(part);
        }
        return Bytes.copyOf(target.toByteArray());
    }
}
