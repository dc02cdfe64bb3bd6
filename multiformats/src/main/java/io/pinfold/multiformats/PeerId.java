package io.pinfold.multiformats;

import io.pinfold.multiformats.key.PublicKey;
import java.util.Optional;

/**
 * The name of a libp2p peer: the multihash of its public key's protobuf form.
 *
 * <p>Keys of at most {@value #MAX_INLINE} bytes (Ed25519, Secp256k1) are inlined by an identity hash, longer ones (RSA,
 * ECDSA) are hashed with SHA2-256. Anything else is no peer id.
 */
public record PeerId(Multihash hash) implements Comparable<PeerId> {

    /** The greatest size of a key's protobuf form that is inlined, in bytes. */
    public static final int MAX_INLINE = 42;

    /**
     * Checks the hash.
     *
     * @throws IllegalArgumentException if it cannot be that of a public key
     */
    public PeerId {
        problem(hash).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal.toString());
        });
    }

    private static Optional<Refusal> problem(Multihash hash) {
        if (hash.code() == Multicodec.SHA2_256) {
            return Optional.empty();
        }
        if (hash.code() != Multicodec.IDENTITY) {
            return Optional.of(new Refusal(Refusal.Kind.UNSUPPORTED,
                    "a peer id has no hash 0x" + Long.toHexString(hash.code())));
        }
        if (hash.digest().size() > MAX_INLINE) {
            return Optional.of(new Refusal(Refusal.Kind.TOO_LONG,
                    "inlined key of " + hash.digest().size() + " bytes, at most " + MAX_INLINE + " allowed"));
        }
        return switch (PublicKey.typeOf(hash.digest())) {
            case Decoded.Ok<?> _ -> Optional.empty();
            case Decoded.Refused<?>(Refusal refusal) ->
                Optional.of(new Refusal(refusal.kind(), "inlined key: " + refusal.detail()));
        };
    }

    /** The id of {@code key}. */
    public static PeerId of(PublicKey key) {
        return new PeerId(Multihash.identity(key.toBytes()));
    }

    /**
     * The id that {@code text} spells: the bare base58btc of the multihash ({@code 12D3Koo…}, {@code Qm…}), or a CID with
     * codec libp2p-key in any multibase, of which base36 ({@code k51…}) and base32 ({@code bafz…}) are usual.
     */
    public static Decoded<PeerId> parse(String text) {
        if (text.length() > Cid.MAX_TEXT) {
            return Decoded.refused(Refusal.Kind.TOO_LONG, "peer id of " + text.length() + " characters");
        }
        if (text.startsWith("1") || text.startsWith("Qm")) {
            return Multibase.BASE58_BTC.decodeBare(text).flatMap(PeerId::decode);
        }
        return Cid.parse(text).flatMap(PeerId::ofCid);
    }

    /** The id whose multihash {@code bytes} are, wholly. */
    public static Decoded<PeerId> decode(Bytes bytes) {
        return Multihash.decode(bytes).flatMap(PeerId::ofHash);
    }

    /** The id in the CID {@code cid}, whose codec must be libp2p-key. */
    public static Decoded<PeerId> ofCid(Cid cid) {
        return cid.codec() == Multicodec.LIBP2P_KEY
                ? ofHash(cid.hash())
                : Decoded.refused(Refusal.Kind.WRONG_TYPE,
                        "a peer id has codec libp2p-key, not 0x" + Long.toHexString(cid.codec()));
    }

    private static Decoded<PeerId> ofHash(Multihash hash) {
        return problem(hash).<Decoded<PeerId>>map(Decoded.Refused::new).orElseGet(() -> Decoded.ok(new PeerId(hash)));
    }

    /** The key, if it is inlined and of type Ed25519. */
    public Optional<PublicKey> publicKey() {
        return hash.code() == Multicodec.IDENTITY ? PublicKey.decode(hash.digest()).toOptional() : Optional.empty();
    }

    /** The encoded multihash. */
    public Bytes toBytes() {
        return hash.toBytes();
    }

    /** The version 1 CID with codec libp2p-key; in base36 it is the name of this peer in IPNS. */
    public Cid toCid() {
        return Cid.v1(Multicodec.LIBP2P_KEY, hash);
    }

    /** The usual spelling, bare base58btc. */
    @Override
    public String toString() {
        return Multibase.BASE58_BTC.encodeBare(toBytes());
    }

    @Override
    public int compareTo(PeerId other) {
        return toBytes().compareTo(other.toBytes());
    }
}
