package io.pinfold.chain.core.codec;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Steps that the codecs share. */
final class Canonical {

    private Canonical() {}

    /** What {@code make} makes; a bound that its constructor finds broken is a refusal. */
    static <T> T checked(String what, Supplier<T> make) throws RefusalException {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new RefusalException(Kind.MALFORMED, what + ": " + e.getMessage());
        }
    }

    /** Refuses unless {@code again}, the encoding of what {@code bytes} were decoded to, is {@code bytes}. */
    static void require(String what, Bytes bytes, Bytes again) throws RefusalException {
        if (!bytes.equals(again)) {
            throw new RefusalException(Kind.NOT_CANONICAL, what + " has another, canonical encoding");
        }
    }

    /** {@code values} as a list of byte strings. */
    static <T> List<CborBytes> list(Collection<T> values, Function<T, Bytes> encode) {
        return values.stream().map(value -> new CborBytes(encode.apply(value))).toList();
    }

    /** The CID in the byte string {@code value}. */
    static Cid cid(CborValue value) throws RefusalException {
        return item("CID", value, Cid.MAX_BYTES, Cid::decode);
    }

    /** The peer id in the byte string {@code value}. */
    static PeerId peer(CborValue value) throws RefusalException {
        return item("peer id", value, Cid.MAX_BYTES, PeerId::decode);
    }

    /** The peer id of an Ed25519 key in the byte string {@code value}. */
    static PeerId key(CborValue value) throws RefusalException {
        PeerId peer = peer(value);
        if (peer.publicKey().isEmpty()) {
            throw new RefusalException(Kind.UNSUPPORTED, "key " + peer + " is not Ed25519");
        }
        return peer;
    }

    /** The address in the byte string {@code value}. */
    static Multiaddr address(CborValue value) throws RefusalException {
        return item("address", value, Multiaddr.MAX_BYTES, Multiaddr::decode);
    }

    private static <T> T item(String what, CborValue value, int max, Function<Bytes, Decoded<T>> decode)
            throws RefusalException {
        Bytes bytes = CborFields.as(CborBytes.class, what, value).value();
        if (bytes.size() > max) {
            throw new RefusalException(Kind.TOO_LONG, what + " of " + bytes.size() + " bytes");
        }
        return decode.apply(bytes).orRefuse();
    }
}
