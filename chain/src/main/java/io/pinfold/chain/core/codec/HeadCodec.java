package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.Head.Snapshot;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.trust.SignatureDomain;
import java.util.List;
import java.util.Optional;

/** A head as a signed map. */
public final class HeadCodec {

    private static final CborLimits LIMITS = new CborLimits(Limits.HEAD_BYTES, 4, 512);

    private HeadCodec() {}

    /** Signs {@code head} by {@code key}, its voter's. */
    public static SignedHead sign(Head head, PrivateKey key) {
        if (!key.peerId().equals(head.voter())) {
            throw new IllegalArgumentException("head of " + head.voter() + ", key of " + key.peerId());
        }
        CborMap unsigned = unsigned(head);
        Bytes signature = SignedMap.sign(SignatureDomain.HEAD, head.chainId(), unsigned, key);
        return new SignedHead(head, signature, SignedMap.encode(unsigned, signature));
    }

    /**
     * The head that {@code bytes} are, wholly and canonically. Neither its signature nor its blocks are checked.
     *
     * <p>UNSUPPORTED for a version or a field that this program does not know.
     */
    public static Decoded<SignedHead> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            SignedHead head = CborFields
                    .read("head", DagCbor.decode(bytes, LIMITS).orRefuse(), in -> read(in, bytes))
                    .orRefuse();
            Canonical.require("head", bytes, SignedMap.encode(unsigned(head.head()), head.signature()));
            return head;
        });
    }

    /** Whether the voter's signature holds. */
    public static boolean isSigned(SignedHead head) {
        Bytes message = SignedMap.message(SignatureDomain.HEAD, head.head().chainId(), head.bytes());
        return head.head().voter().publicKey().orElseThrow().verifies(message, head.signature());
    }

    private static SignedHead read(CborFields in, Bytes bytes) throws RefusalException {
        if (in.number("v", 0, Long.MAX_VALUE) != Head.VERSION) {
            throw in.refuse(Kind.UNSUPPORTED, "is of a version that this program does not know");
        }
        Cid chainId = in.link("chain");
        long trustVersion = in.number("trust", 0, Limits.MAX_NUMBER);
        long height = in.number("height", 0, Limits.MAX_NUMBER);
        Cid cid = in.link("head");
        long time = in.number("time", 0, Limits.MAX_TIME);
        Optional<Snapshot> snapshot = in.optionalMap("snapshot",
                map -> new Snapshot(map.number("height", 1, Limits.MAX_NUMBER), map.link("root")));
        List<Bytes> blocks = in.optionalList("blocks", Limits.INLINE_BLOCKS,
                item -> CborFields.as(CborBytes.class, "inline block", item).value()).orElse(List.of());
        PeerId voter = Canonical.key(in.value("voter"));
        Bytes signature = in.bytes(SignedMap.KEY, SignedBlock.SIGNATURE_BYTES);
        if (signature.size() != SignedBlock.SIGNATURE_BYTES) {
            throw in.refuse(Kind.MALFORMED, "has a signature of " + signature.size() + " bytes");
        }
        Head head = Canonical.checked("head",
                () -> new Head(chainId, trustVersion, height, cid, time, snapshot, blocks, voter));
        return new SignedHead(head, signature, bytes);
    }

    private static CborMap unsigned(Head head) {
        CborMapBuilder map = CborMap.builder()
                .put("v", Head.VERSION)
                .put("chain", head.chainId())
                .put("trust", head.trustVersion())
                .put("height", head.height())
                .put("head", head.cid())
                .put("time", head.timeMillis())
                .put("voter", head.voter().toBytes());
        head.snapshot()
                .ifPresent(snapshot -> map.put("snapshot",
                        CborMap.builder().put("height", snapshot.height()).put("root", snapshot.root()).build()));
        if (!head.blocks().isEmpty()) {
            map.put("blocks", Canonical.list(head.blocks(), bytes -> bytes));
        }
        return map.build();
    }
}
