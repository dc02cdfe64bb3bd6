package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.trust.SignatureDomain;
import java.util.List;

/** A block as a signed map. */
public final class BlockCodec {

    /** The greatest number of bytes that a block without operations takes: 16 merges, the largest numbers and CIDs. */
    public static final int MAX_OVERHEAD = 4096;

    /** No block within the other bounds has more items: the densest operation takes three bytes for two. */
    private static final CborLimits LIMITS = new CborLimits(Limits.BLOCK_BYTES, 8, 700_000);

    private BlockCodec() {}

    /** Signs {@code block} by {@code key}, its author's. */
    public static SignedBlock sign(Block block, PrivateKey key) {
        if (!key.peerId().equals(block.author())) {
            throw new IllegalArgumentException("block of " + block.author() + ", key of " + key.peerId());
        }
        CborMap unsigned = unsigned(block);
        Bytes signature = SignedMap.sign(SignatureDomain.BLOCK, block.chainId(), unsigned, key);
        Bytes bytes = SignedMap.encode(unsigned, signature);
        return new SignedBlock(block, signature, bytes, Cid.dagCbor(bytes));
    }

    /**
     * The block that {@code bytes} are, wholly and canonically. Its signature is not checked.
     *
     * <p>UNSUPPORTED for a version, a field or an operation that this program does not know.
     */
    public static Decoded<SignedBlock> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            CborValue value = DagCbor.decode(bytes, LIMITS).orRefuse();
            SignedBlock block = CborFields.read("block", value, in -> read(in, bytes)).orRefuse();
            Canonical.require("block", bytes, SignedMap.encode(unsigned(block.block()), block.signature()));
            return block;
        });
    }

    /** The message that the author of {@code block} signs. */
    public static Bytes message(SignedBlock block) {
        return SignedMap.message(SignatureDomain.BLOCK, block.block().chainId(), block.bytes());
    }

    private static SignedBlock read(CborFields in, Bytes bytes) throws RefusalException {
        if (in.number("v", 0, Long.MAX_VALUE) != Block.VERSION) {
            throw in.refuse(Kind.UNSUPPORTED, "is of a version that this program does not know");
        }
        Cid chainId = in.link("chain");
        long height = in.number("height", 1, Limits.MAX_NUMBER);
        Cid prev = in.link("prev");
        Cid trust = in.link("trust");
        List<Cid> merges = in.optionalList("merges", Limits.MERGES,
                item -> CborFields.as(CborLink.class, "merge", item).cid()).orElse(List.of());
        PeerId author = Canonical.key(in.value("author"));
        long seq = in.number("seq", 1, Limits.MAX_NUMBER);
        long time = in.number("time", 0, Limits.MAX_TIME);
        List<LogOp> ops = in.optionalList("ops", Limits.BLOCK_OPS, OpCodec::fromCbor).orElse(List.of());
        Bytes signature = in.bytes(SignedMap.KEY, SignedBlock.SIGNATURE_BYTES);
        if (signature.size() != SignedBlock.SIGNATURE_BYTES) {
            throw in.refuse(Kind.MALFORMED, "has a signature of " + signature.size() + " bytes");
        }
        Block block = Canonical.checked("block",
                () -> new Block(chainId, height, prev, trust, merges, author, seq, time, ops));
        return new SignedBlock(block, signature, bytes, Cid.dagCbor(bytes));
    }

    private static CborMap unsigned(Block block) {
        CborMapBuilder map = CborMap.builder()
                .put("v", Block.VERSION)
                .put("chain", block.chainId())
                .put("height", block.height())
                .put("prev", block.prev())
                .put("trust", block.trust())
                .put("author", new CborBytes(block.author().toBytes()))
                .put("seq", block.seq())
                .put("time", block.timeMillis());
        if (!block.merges().isEmpty()) {
            map.put("merges", block.merges().stream().map(CborLink::new).toList());
        }
        if (!block.ops().isEmpty()) {
            map.put("ops", block.ops().stream().map(OpCodec::toCbor).toList());
        }
        return map.build();
    }
}
