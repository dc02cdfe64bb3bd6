package io.pinfold.multiformats.key;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;

/**
 * libp2p's {@code PublicKey} and {@code PrivateKey} messages: field 1 the key type, field 2 the data.
 *
 * <p>The peer-ids specification demands one encoding: both fields, in order, with minimal varints and nothing else. Any
 * other is refused.
 */
record KeyMessage(KeyType type, Bytes data) {

    private static final int TYPE_TAG = 0x08;
    private static final int DATA_TAG = 0x12;
    /** Above the size of an RSA key of 8192 bits with its private part. */
    private static final int MAX_DATA = 8192;

    static KeyMessage read(Bytes message) throws RefusalException {
        ByteReader in = new ByteReader(message);
        expectTag(in, TYPE_TAG, "key type");
        long code = in.readVarint();
        KeyType type = KeyType.of(code)
                .orElseThrow(() -> new RefusalException(Refusal.Kind.UNSUPPORTED, "unknown key type " + code));
        expectTag(in, DATA_TAG, "key data");
        Bytes data = in.readPrefixed(MAX_DATA);
        in.expectEnd();
        return new KeyMessage(type, data);
    }

    /** The data, if the key is of type Ed25519. */
    Bytes ed25519() throws RefusalException {
        if (type != KeyType.ED25519) {
            throw new RefusalException(Refusal.Kind.UNSUPPORTED, type + " keys are not supported here, only ED25519");
        }
        return data;
    }

    Bytes toBytes() {
        byte[] length = Varint.encode(data.size());
        byte[] head = new byte[3 + length.length];
        head[0] = TYPE_TAG;
        head[1] = (byte) type.code();
        head[2] = DATA_TAG;
        System.arraycopy(length, 0, head, 3, length.length);
        return Bytes.copyOf(head).concat(data);
    }

    private static void expectTag(ByteReader in, int tag, String field) throws RefusalException {
        int found = in.readByte();
        if (found != tag) {
            throw new RefusalException(Refusal.Kind.MALFORMED,
                    "key has tag 0x%02x where its %s belongs".formatted(found, field));
        }
    }
}
