package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.Replication;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.chain.core.verify.Verdict.Reason;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.testing.CborAttacks;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each way in which a block can be invalid, with the reason that is given. */
class BlockVerifierTest {

    private static final long NOW = TestChains.START + 1_000_000;

    private final TestChains chains = new TestChains(1, 2);
    private final BlockVerifier verifier = new BlockVerifier(chains.genesis());
    private final Map<Cid, CheckedBlock> checked = new HashMap<>();
    private final SignedBlock first = chains.after(null, 1, TestOps.pin(1));
    private final StateMark afterFirst = valid(first, StateMark.genesis(chains.chainId()));

    @Test
    void everyFieldIsUnderTheSignature() {
        SignedBlock forged = chains.after(first, 2, TestOps.pin(66));
        SignedBlock good = chains.after(first, 1, List.of(forged), TestOps.pin(2));
        Block block = good.block();
        for (Block changed : List.of(
                new Block(block.chainId(), block.height() + 1, block.prev(), block.trust(), block.merges(),
                        block.author(), block.seq(), block.timeMillis(), block.ops()),
                new Block(block.chainId(), block.height(), TestCids.cid(3), block.trust(), block.merges(),
                        block.author(), block.seq(), block.timeMillis(), block.ops()),
                new Block(block.chainId(), block.height(), block.prev(), TestCids.cid(3), block.merges(),
                        block.author(), block.seq(), block.timeMillis(), block.ops()),
                new Block(block.chainId(), block.height(), block.prev(), block.trust(), List.of(), block.author(),
                        block.seq(), block.timeMillis(), block.ops()),
                new Block(block.chainId(), block.height(), block.prev(), block.trust(), block.merges(),
                        TestKeys.peerId(2), block.seq(), block.timeMillis(), block.ops()),
                new Block(block.chainId(), block.height(), block.prev(), block.trust(), block.merges(),
                        block.author(), block.seq() + 1, block.timeMillis(), block.ops()),
                new Block(block.chainId(), block.height(), block.prev(), block.trust(), block.merges(),
                        block.author(), block.seq(), block.timeMillis() + 1, block.ops()),
                new Block(block.chainId(), block.height(), block.prev(), block.trust(), block.merges(),
                        block.author(), block.seq(), block.timeMillis(), List.of(TestOps.pin(3))))) {
            SignedBlock own = TestChains.sign(changed, changed.author().equals(TestKeys.peerId(2)) ? 2 : 1);
            Bytes bytes = CborAttacks.with(own.bytes(), "signature", new CborBytes(good.signature()));
            assertFailed(verifier.check(bytes), Reason.BAD_SIGNATURE);
        }
        for (int bit = 0; bit < 512; bit++) {
            byte[] signature = good.signature().toArray();
            signature[bit / 8] ^= (byte) (1 << bit % 8);
            assertFailed(verifier.check(CborAttacks.with(good.bytes(), "signature",
                    new CborBytes(Bytes.copyOf(signature)))), Reason.BAD_SIGNATURE);
        }
    }

    @Test
    void strangersAndOtherClustersAreRefused() {
        assertFailed(verifier.check(chains.after(first, 7, TestOps.pin(2)).bytes()), Reason.NOT_TRUSTED);
        TestChains other = new TestChains(1);
        assertFailed(verifier.check(other.after(null, 1, TestOps.pin(2)).bytes()), Reason.WRONG_CHAIN);
        assertFailed(verifier.check(Bytes.fromHex("a0")), Reason.MALFORMED);
    }

    @Test
    void theLimitsOfTheManifestHold() {
        Genesis narrow = new Genesis("test", Bytes.fromHex("000102030405060708090a0b0c0d0e0f"),
                chains.genesis().keys(), Genesis.MIN_BLOCK_BYTES, 3, Replication.EVERYWHERE, Duration.ofHours(1));
        Cid chain = GenesisCodec.chainId(narrow);
        BlockVerifier strict = new BlockVerifier(narrow);
        assertFailed(strict.check(sign(chain, Collections.nCopies(4, TestOps.unpin(1)))),
                Reason.TOO_MANY_OPERATIONS);
        LogOp fat = new LogOp.PinOp(TestOps.full(1));
        assertFailed(strict.check(sign(chain, Collections.nCopies(2000, fat))), Reason.TOO_LARGE);
        assertThat(strict.check(sign(chain, Collections.nCopies(3, fat)))).isInstanceOf(Checking.Checked.class);
    }

    @Test
    void operationsThatNothingHasActivatedAreRefused() {
        SortedMap<String, Long> features = new TreeMap<>(Map.of("x", 5L));
        LogOp config = new LogOp.ConfigOp(1, new LogOp.Anchor(first.cid(), 1), features, new TreeMap<>(),
                new TreeMap<>());
        assertFailed(verifier.check(chains.after(first, 1, config).bytes()), Reason.NOT_ACTIVE);
    }

    @Test
    void aBlockFitsItsPlace() {
        Block good = chains.draft(first, 1, 2, List.of(), List.of());
        assertInvalid(change(good, good.height() + 1, good.trust(), good.timeMillis()), Reason.WRONG_HEIGHT);
        assertInvalid(change(good, good.height(), TestCids.cid(1), good.timeMillis()), Reason.WRONG_TRUST_LINK);
        assertInvalid(change(good, good.height(), good.trust(), first.block().timeMillis() - 1),
                Reason.TIME_BEFORE_PARENT);
        assertThat(judge(change(good, good.height(), good.trust(), first.block().timeMillis())))
                .isInstanceOf(Verdict.Valid.class);
        assertInvalid(chains.draft(first, 1, 1, List.of(), List.of()), Reason.SEQUENCE_REUSED);
    }

    @Test
    void aBlockOfTheFutureIsDeferredAndSoIsOneThatMergesOne() {
        long limit = NOW + Limits.CLOCK_TOLERANCE.toMillis();
        Block good = chains.draft(first, 1, 2, List.of(), List.of());
        assertThat(judge(change(good, good.height(), good.trust(), limit))).isInstanceOf(Verdict.Valid.class);
        assertThat(judge(change(good, good.height(), good.trust(), limit + 7)))
                .isEqualTo(new Verdict.Deferred(NOW + 7));
        Block other = chains.draft(first, 2, 1, List.of(), List.of(TestOps.pin(3)));
        SignedBlock early = keep(TestChains.sign(change(other, other.height(), other.trust(), limit + 9), 2));
        assertThat(judge(chains.draft(first, 1, 2, List.of(early.cid()), List.of())))
                .isEqualTo(new Verdict.Deferred(NOW + 9));
    }

    @Test
    void whatIsMergedCountsOnce() {
        SignedBlock orphan = keep(chains.after(null, 2, TestOps.pin(5)));
        SignedBlock twin = keep(TestChains.sign(chains.draft(null, 2, 1, List.of(), List.of(TestOps.pin(6))), 2));
        SignedBlock stranger = keep(chains.after(null, 7, TestOps.pin(6)));
        assertThat(judge(chains.draft(first, 1, 2, List.of(TestCids.cid(9), orphan.cid()), List.of())))
                .isEqualTo(new Verdict.MissingMerges(List.of(TestCids.cid(9))));
        assertInvalid(chains.draft(first, 1, 2, List.of(orphan.cid(), twin.cid()), List.of()), Reason.BAD_MERGE);
        assertInvalid(chains.draft(first, 1, 2, List.of(stranger.cid()), List.of()), Reason.BAD_MERGE);
        keep(first);
        assertInvalid(chains.draft(first, 1, 2, List.of(first.cid()), List.of()), Reason.BAD_MERGE);
        assertInvalid(chains.draft(first, 2, 1, List.of(orphan.cid()), List.of()), Reason.SEQUENCE_REUSED);
        Verdict verdict = judge(chains.draft(first, 1, 2, List.of(orphan.cid()), List.of()));
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Valid.class, valid -> {
            assertThat(valid.after().sequences().contains(TestKeys.peerId(2), 1)).isTrue();
            assertThat(valid.after().sequences().contains(TestKeys.peerId(1), 2)).isTrue();
        });
    }

    @Test
    void theBetterBranchIsTheOneOfNewerTrustThenTheHigherThenTheOneOfTheSmallerCid() {
        Cid small = TestCids.cid(1).compareTo(TestCids.cid(2)) < 0 ? TestCids.cid(1) : TestCids.cid(2);
        Cid great = small.equals(TestCids.cid(1)) ? TestCids.cid(2) : TestCids.cid(1);
        assertThat(ForkChoice.isBetter(mark(0, 8, great), mark(0, 7, small))).isTrue();
        assertThat(ForkChoice.isBetter(mark(0, 7, small), mark(0, 7, great))).isTrue();
        assertThat(ForkChoice.isBetter(mark(0, 7, great), mark(0, 7, small))).isFalse();
        assertThat(ForkChoice.isBetter(mark(0, 7, small), mark(0, 7, small))).isFalse();
        assertThat(ForkChoice.isBetter(mark(1, 2, great), mark(0, 7, small))).isTrue();
        assertThat(ForkChoice.isBetter(1, new ChainPoint(2, great), mark(0, 7, small))).isTrue();
        assertThat(ForkChoice.isBetter(0, new ChainPoint(9, great), mark(1, 2, small))).isFalse();
        assertThat(ForkChoice.isBetter(0, new ChainPoint(7, small), mark(0, 7, great))).isTrue();
    }

    private static StateMark mark(long trustVersion, long height, Cid cid) {
        StateMark genesis = StateMark.genesis(cid);
        return new StateMark(new ChainPoint(height, cid), 0, cid, trustVersion, genesis.sequences());
    }

    private StateMark valid(SignedBlock block, StateMark parent) {
        return ((Verdict.Valid) verifier.judge(verifier.kept(block), parent, _ -> Optional.empty(), NOW)).after();
    }

    private SignedBlock keep(SignedBlock block) {
        checked.put(block.cid(), verifier.kept(block));
        return block;
    }

    private Verdict judge(Block block) {
        int author = block.author().equals(TestKeys.peerId(1)) ? 1 : 2;
        return verifier.judge(verifier.kept(TestChains.sign(block, author)), afterFirst,
                cid -> Optional.ofNullable(checked.get(cid)), NOW);
    }

    private void assertInvalid(Block block, Reason reason) {
        assertThat(judge(block)).isInstanceOfSatisfying(Verdict.Invalid.class,
                invalid -> assertThat(invalid.reason()).isEqualTo(reason));
    }

    private static void assertFailed(Checking checking, Reason reason) {
        assertThat(checking).isInstanceOfSatisfying(Checking.Failed.class,
                failed -> assertThat(failed.verdict().reason()).isEqualTo(reason));
    }

    private static Block change(Block block, long height, Cid trust, long timeMillis) {
        return new Block(block.chainId(), height, block.prev(), trust, block.merges(), block.author(), block.seq(),
                timeMillis, block.ops());
    }

    private static Bytes sign(Cid chain, List<LogOp> ops) {
        return BlockCodec.sign(new Block(chain, 1, chain, chain, List.of(), TestKeys.peerId(1), 1, NOW, ops),
                TestKeys.key(1)).bytes();
    }
}
