package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.AppliedSequences;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.CborAttacks;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.Seeds;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pinfold.multiformats.testing.CborAttacks.with;

/** What each codec of the chain refuses, and for which reason. */
class CodecAttackTest {

    private static final SignedBlock BLOCK = new TestChains(1, 2).after(null, 1, List.of(),
            GoldenVectors.everyOp().toArray(LogOp[]::new));
    private static final StateMark MARK = new StateMark(new ChainPoint(7, TestCids.cid(1)), TestChains.START,
            TestCids.cid(2), 3, AppliedSequences.NONE.plus(TestKeys.peerId(1), 4)
                    .plus(TestKeys.peerId(1), 9)
                    .plus(TestKeys.peerId(2), 1));
    /** A peer id that is the hash of a key of another type. */
    private static final CborBytes OTHER_KEY = new CborBytes(
            PeerId.parse("QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC").orElseThrow().toBytes());

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void blocksAreCanonicalOrRefused() {
        new CborAttacks<>(BLOCK.bytes(), BlockCodec::decode, SignedBlock::bytes).all(seeds.seed());
        new CborAttacks<>(GoldenVectors.BLOCK_2.bytes(), BlockCodec::decode, SignedBlock::bytes).all(seeds.seed());
    }

    @Test
    void operationsAreCanonicalOrRefused() {
        for (LogOp op : GoldenVectors.everyOp()) {
            new CborAttacks<>(OpCodec.encode(op), OpCodec::decode, OpCodec::encode).all(seeds.seed());
        }
    }

    @Test
    void manifestsAreCanonicalOrRefused() {
        new CborAttacks<>(GenesisCodec.encode(GoldenVectors.GENESIS), GenesisCodec::decode, GenesisCodec::encode)
                .all(seeds.seed());
    }

    @Test
    void headsAreCanonicalOrRefused() {
        new CborAttacks<>(GoldenVectors.HEAD.bytes(), HeadCodec::decode, SignedHead::bytes).all(seeds.seed());
        new CborAttacks<>(GoldenVectors.EMPTY_HEAD.bytes(), HeadCodec::decode, SignedHead::bytes).all(seeds.seed());
    }

    @Test
    void marksAreCanonicalOrRefused() {
        new CborAttacks<>(StateCodec.encode(MARK), StateCodec::decodeMark, StateCodec::encode).all(seeds.seed());
        refused(StateCodec::decodeMark, with(StateCodec.encode(MARK), "authors", new CborList(Collections
                .nCopies(2, author(List.of(1L, 2L))))), Kind.NOT_CANONICAL);
        refused(StateCodec::decodeMark, with(StateCodec.encode(MARK), "authors",
                CborList.of(author(List.of(1L, 2L, 5L)))), Kind.NOT_CANONICAL);
        refused(StateCodec::decodeMark, with(StateCodec.encode(MARK), "authors",
                CborList.of(author(List.of(5L, 6L, 1L, 2L)))), Kind.MALFORMED);
        refused(StateCodec::decodeMark, with(StateCodec.encode(MARK), "authors",
                CborList.of(author(Collections.nCopies(1000, 1L)))), Kind.TOO_MANY);
    }

    @Test
    void aBlockKeepsItsBounds() {
        Bytes good = BLOCK.bytes();
        numbers(BlockCodec::decode, good, "height", 1, Limits.MAX_NUMBER);
        numbers(BlockCodec::decode, good, "seq", 1, Limits.MAX_NUMBER);
        numbers(BlockCodec::decode, good, "time", 0, Limits.MAX_TIME);
        refused(BlockCodec::decode, with(good, "v", new CborInt(2)), Kind.UNSUPPORTED);
        refused(BlockCodec::decode, with(good, "author", OTHER_KEY), Kind.UNSUPPORTED);
        refused(BlockCodec::decode, with(good, "signature", new CborBytes(Bytes.copyOf(new byte[63]))),
                Kind.MALFORMED);
        refused(BlockCodec::decode, with(good, "signature", new CborBytes(Bytes.copyOf(new byte[65]))),
                Kind.TOO_LONG);
        refused(BlockCodec::decode, with(good, "merges", links(17)), Kind.TOO_MANY);
        CborLink one = new CborLink(TestCids.cid(1));
        refused(BlockCodec::decode, with(good, "merges", CborList.of(one, one)), Kind.MALFORMED);
        refused(BlockCodec::decode, with(good, "merges", CborList.of()), Kind.NOT_CANONICAL);
        refused(BlockCodec::decode, with(good, "ops", CborList.of()), Kind.NOT_CANONICAL);
        CborValue unpin = OpCodec.toCbor(TestOps.unpin(1));
        refused(BlockCodec::decode, with(good, "ops", new CborList(Collections.nCopies(10_001, unpin))),
                Kind.TOO_MANY);
        refused(BlockCodec::decode, with(good, "ops", new CborList(Collections.nCopies(30_000, unpin))),
                Kind.TOO_LONG);
    }

    @Test
    void aHeadKeepsItsBounds() {
        Bytes good = GoldenVectors.HEAD.bytes();
        numbers(HeadCodec::decode, good, "trust", 0, Limits.MAX_NUMBER);
        numbers(HeadCodec::decode, good, "time", 0, Limits.MAX_TIME);
        refused(HeadCodec::decode, with(good, "height", new CborInt(Limits.MAX_NUMBER + 1)), Kind.OVERFLOW);
        refused(HeadCodec::decode, with(good, "height", new CborInt(0)), Kind.MALFORMED);
        refused(HeadCodec::decode, with(good, "v", new CborInt(2)), Kind.UNSUPPORTED);
        refused(HeadCodec::decode, with(good, "voter", OTHER_KEY), Kind.UNSUPPORTED);
        refused(HeadCodec::decode, with(good, "blocks", new CborList(
                Collections.nCopies(129, new CborBytes(Bytes.EMPTY)))), Kind.TOO_MANY);
        refused(HeadCodec::decode, with(good, "blocks",
                CborList.of(new CborBytes(Bytes.copyOf(new byte[Limits.INLINE_BYTES + 1])))), Kind.MALFORMED);
        refused(HeadCodec::decode, with(good, "blocks",
                CborList.of(new CborBytes(Bytes.copyOf(new byte[Limits.HEAD_BYTES])))), Kind.TOO_LONG);
    }

    @Test
    void aManifestKeepsItsBounds() {
        Bytes good = GenesisCodec.encode(GoldenVectors.GENESIS);
        refused(GenesisCodec::decode, with(good, "v", new CborInt(0)), Kind.UNSUPPORTED);
        refused(GenesisCodec::decode, with(good, "name", new CborText("")), Kind.MALFORMED);
        refused(GenesisCodec::decode, with(good, "name", new CborText("x".repeat(256))), Kind.TOO_LONG);
        refused(GenesisCodec::decode, with(good, "nonce", new CborBytes(Bytes.copyOf(new byte[15]))),
                Kind.MALFORMED);
        refused(GenesisCodec::decode, with(good, "nonce", new CborBytes(Bytes.copyOf(new byte[17]))),
                Kind.TOO_LONG);
        refused(GenesisCodec::decode, with(good, "publishers", CborList.of(OTHER_KEY)), Kind.UNSUPPORTED);
        refused(GenesisCodec::decode, with(good, "publishers", keys(65)), Kind.TOO_MANY);
        refused(GenesisCodec::decode, with(good, "publishers",
                new CborList(keys(2).items().reversed())), Kind.NOT_CANONICAL);
        refused(GenesisCodec::decode, with(good, "publishers",
                new CborList(Collections.nCopies(2, keys(1).items().getFirst()))), Kind.NOT_CANONICAL);
        refused(GenesisCodec::decode, with(good, "threshold", new CborInt(2)), Kind.MALFORMED);
        refused(GenesisCodec::decode, with(good, "threshold", new CborInt(0)), Kind.OVERFLOW);
        refused(GenesisCodec::decode, with(good, "period", new CborInt(59_999)), Kind.MALFORMED);
        refused(GenesisCodec::decode, with(good, "limits", CborMap.builder()
                .put("bytes", (1 << 20) + 1)
                .put("ops", 1)
                .build()), Kind.OVERFLOW);
        refused(GenesisCodec::decode, with(good, "limits", CborMap.builder().put("bytes", 1).put("ops", 1).build()),
                Kind.MALFORMED);
    }

    private static <T> void numbers(Function<Bytes, Decoded<T>> decode, Bytes good, String key, long min, long max) {
        for (long bad : List.of(min - 1, max + 1, Long.MIN_VALUE, Long.MAX_VALUE)) {
            refused(decode, with(good, key, new CborInt(bad)), Kind.OVERFLOW);
        }
    }

    private static <T> void refused(Function<Bytes, Decoded<T>> decode, Bytes bad, Kind kind) {
        Attacks.assertRefused(decode.apply(bad), kind);
    }

    private static CborList links(int count) {
        return new CborList(IntStream.range(0, count).<CborValue>mapToObj(i -> new CborLink(TestCids.cid(i))).toList());
    }

    private static CborList keys(int count) {
        return new CborList(IntStream.range(0, count)
                .mapToObj(TestKeys::peerId)
                .sorted()
                .<CborValue>map(key -> new CborBytes(key.toBytes()))
                .toList());
    }

    private static CborMap author(List<Long> bounds) {
        return CborMap.builder()
                .put("key", TestKeys.peerId(1).toBytes())
                .put("seqs", bounds.stream().<CborValue>map(CborInt::new).toList())
                .build();
    }
}
