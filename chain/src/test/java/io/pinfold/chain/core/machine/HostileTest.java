package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.HeadVerdict;
import io.pinfold.chain.core.head.HeadVerdict.Reason;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.MemoryPinStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What strangers, traitors, wrong clocks and old copies do to a cluster. */
class HostileTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private SimCluster cluster;
    private SimPeer writer;
    private SimPeer follower;

    @BeforeEach
    void cluster() {
        cluster = new SimCluster(seeds.seed(), 1, 2);
        writer = cluster.peer(1);
        follower = cluster.peer(9);
        cluster.run(Duration.ofSeconds(5));
        cluster.write(writer, 5, Duration.ofMillis(100));
        assertThat(follower.pins.size()).as("%s", seeds).isEqualTo(5);
    }

    @Test
    void aStrangersHeadIsRejectedAndChangesNothing() {
        SignedBlock block = cluster.chains.after(tip(), 7, TestOps.pin(77));
        assertThat(follower.hear(cluster.chains.head(block, 7, follower.millis()).bytes(), TestKeys.peerId(7)))
                .isEqualTo(new HeadVerdict.Reject(Reason.NOT_TRUSTED));
        cluster.run(Duration.ofSeconds(10));
        assertThat(follower.pins.size()).isEqualTo(5);
    }

    @Test
    void aTrustedHeadWithAStrangersBlockChangesNothing() {
        SignedBlock block = cluster.chains.after(tip(), 7, TestOps.pin(77));
        hear(cluster.chains.head(new ChainPoint(block.height(), block.cid()), 2, follower.millis(), List.of(block)));
        assertThat(follower.pins.size()).isEqualTo(5);
    }

    @Test
    void anOldHeadPlayedAgainIsIgnoredBeforeItsSignatureIsChecked() {
        Bytes old = writer.announced.get(1);
        assertThat(follower.hear(old, TestKeys.peerId(7))).isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        byte[] forged = old.toArray();
        forged[forged.length - 1] ^= 1;
        assertThat(follower.hear(Bytes.copyOf(forged), TestKeys.peerId(7)))
                .isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
    }

    @Test
    void headsThatWereMadeJustNowAreNoOffenceHoweverMany() {
        for (int i = 0; i < 1000; i++) {
            assertThat(follower.hear(writer.announced.get(i % 4), TestKeys.peerId(7)))
                    .as("what a follower that came back is told of by its neighbours' caches")
                    .isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        }
    }

    @Test
    void aFloodOfOldHeadsIsHeldAgainstTheNeighbour() {
        cluster.run(Duration.ofMinutes(3));
        List<HeadVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            verdicts.add(follower.hear(writer.announced.get(i % 4), TestKeys.peerId(7)));
        }
        assertThat(verdicts).startsWith(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        assertThat(verdicts).endsWith(new HeadVerdict.Reject(Reason.FLOOD));
        assertThat(follower.hear(writer.announced.getFirst(), TestKeys.peerId(8)))
                .as("others are not blamed")
                .isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        cluster.run(Duration.ofMinutes(2));
        assertThat(follower.hear(writer.announced.getFirst(), TestKeys.peerId(7)))
                .as("not for ever")
                .isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
    }

    @Test
    void aHeadWhoseBlockNobodyHasDoesNotStopAnything() {
        SignedBlock missing = cluster.chains.after(cluster.chains.after(tip(), 2, TestOps.pin(90)), 2, TestOps.pin(91));
        SignedHead head = cluster.chains.head(missing, 2, writer.millis());
        writer.hear(head.bytes(), TestKeys.peerId(2));
        hear(head);
        writer.submit(TestOps.pin(50));
        cluster.run(Duration.ofMinutes(1));
        assertThat(follower.pins.get(TestCids.cid(50))).as("%s", seeds).isPresent();
        assertThat(writer.status().signing()).isEqualTo(Signing.READY);
    }

    @Test
    void aBlockOverItsLimitsIsNotTaken() {
        List<LogOp> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(TestOps.pin(i, "x".repeat(100)));
        }
        SignedBlock huge = TestChains.sign(cluster.chains.draft(tip(), 2, 1, List.of(), many), 2);
        assertThat(huge.bytes().size()).isGreaterThan(1 << 20);
        offerBy(huge, 2);
        assertThat(follower.pins.size()).isEqualTo(5);
    }

    @Test
    void aMergedBlockCountsThoughWhatItStandsOnIsMissing() {
        SignedBlock hidden = cluster.chains.after(tip(), 2, TestOps.pin(90));
        SignedBlock merged = cluster.chains.after(hidden, 2, TestOps.pin(91));
        offerBy(merged, 2);
        SignedBlock merging = cluster.chains.after(tip(), 2, List.of(merged), TestOps.pin(92));
        SignedBlock next = cluster.chains.after(merging, 2, TestOps.pin(93));
        hear(cluster.chains.head(new ChainPoint(next.height(), next.cid()), 2, follower.millis(),
                List.of(merging, next)));
        cluster.settle(Duration.ofSeconds(30));
        assertThat(follower.pins.all().keySet()).as("%s", seeds)
                .contains(TestCids.cid(91), TestCids.cid(92), TestCids.cid(93))
                .doesNotContain(TestCids.cid(90));
        follower.crash();
        follower.start();
        cluster.settle(Duration.ofSeconds(30));
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(writer.pins.all());
    }

    @Test
    void aShorterForkOfATrustedKeyIsMergedAndALongerOneIsTaken() {
        SignedBlock first = writer.blocks.all().getFirst();
        List<SignedBlock> fork = cluster.chains.line(first, 2, 3, 60);
        for (SignedBlock block : fork) {
            offerBy(block, 2);
        }
        cluster.settle(Duration.ofSeconds(30));
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(writer.pins.all()).hasSize(8);
        List<SignedBlock> longer = cluster.chains.line(fork.getLast(), 2, 20, 70);
        for (SignedBlock block : longer) {
            offerBy(block, 2);
        }
        cluster.settle(Duration.ofSeconds(30));
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(writer.pins.all()).hasSize(28);
        assertThat(follower.blocks.cidAt(20)).contains(longer.get(15).cid());
    }

    @Test
    void twoBlocksWithOneNumberAreEvidence() {
        Block one = cluster.chains.draft(tip(), 2, 1, List.of(), List.of(TestOps.pin(80)));
        Block other = cluster.chains.draft(tip(), 2, 1, List.of(), List.of(TestOps.pin(81)));
        offerBy(TestChains.sign(one, 2), 2);
        offerBy(TestChains.sign(other, 2), 2);
        cluster.run(Duration.ofSeconds(10));
        assertThat(follower.alerts).as("%s", seeds)
                .anySatisfy(alert -> assertThat(alert)
                        .isInstanceOfSatisfying(ChainAlert.Equivocated.class, equivocated -> {
                            assertThat(equivocated.evidence().author()).isEqualTo(TestKeys.peerId(2));
                            assertThat(equivocated.evidence().seq()).isEqualTo(1);
                        }));
        cluster.settle(Duration.ofSeconds(30));
        assertThat(follower.pins.all()).as("only one of the two counts, everywhere, %s", seeds)
                .isEqualTo(writer.pins.all())
                .hasSize(6);
    }

    @Test
    void aBlockThatReusesANumberOnItsBranchIsInvalidForEver() {
        SignedBlock good = cluster.chains.after(tip(), 2, TestOps.pin(80));
        offerBy(good, 2);
        SignedBlock bad = TestChains.sign(
                cluster.chains.draft(good, 2, good.block().seq(), List.of(), List.of(TestOps.pin(81))),
                2);
        offerBy(bad, 2);
        assertThat(follower.alerts).as("%s", seeds)
                .anySatisfy(alert -> assertThat(alert)
                        .isInstanceOfSatisfying(ChainAlert.InvalidBlock.class,
                                invalid -> assertThat(invalid.verdict().reason())
                                        .isEqualTo(Verdict.Reason.SEQUENCE_REUSED)));
        assertThat(follower.pins.get(TestCids.cid(81))).isEmpty();
    }

    /** The heads that it hears of have the newest blocks inside, or, some time after they were written, do not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aPeerRestoredFromAnOldCopyUsesNoNumberAgain(int idleMinutes) {
        MemoryChainStore oldBlocks = writer.blocks.copy();
        var oldIntake = writer.intake.copy();
        var oldGuard = writer.guard.copy();
        for (int i = 10; i < 200; i++) {
            writer.submit(TestOps.pin(i));
            cluster.run(Duration.ofMillis(10));
        }
        cluster.run(Duration.ofMinutes(idleMinutes));
        writer.crash();
        writer.blocks = oldBlocks;
        writer.intake = oldIntake;
        writer.guard = oldGuard;
        writer.pins = new MemoryPinStore(cluster.chains.chainId(), 100);
        cluster.partition(new int[]{1}, new int[]{9});
        writer.start();
        writer.submit(TestOps.pin(500));
        cluster.run(Duration.ofMinutes(1));
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.WAITING_FOR_A_PEER);
        cluster.heal();
        cluster.settle(Duration.ofMinutes(1));
        assertThat(writer.pins.all()).as("%s", seeds).isEqualTo(follower.pins.all()).hasSize(5 + 190 + 1);
        assertThat(follower.alerts).as("%s", seeds).noneMatch(ChainAlert.Equivocated.class::isInstance);
        assertThat(writer.alerts).as("%s", seeds).anyMatch(ChainAlert.KeyUsedElsewhere.class::isInstance);
    }

    @Test
    void aTrustedPeerWhoseClockIsAnHourAheadSignsNothingAndSaysSo() {
        cluster = new SimCluster(seeds.seed(), 1, 2, 3);
        writer = cluster.peer(1);
        follower = cluster.peer(9);
        cluster.peer(3);
        cluster.run(Duration.ofSeconds(10));
        SimPeer wrong = new SimPeer(cluster, 2, ChainConfig.DEFAULT);
        wrong.aheadMillis = Duration.ofHours(1).toMillis();
        cluster.add(wrong);
        cluster.run(Duration.ofMinutes(2));
        wrong.submit(TestOps.pin(66));
        cluster.run(Duration.ofMinutes(5));
        assertThat(wrong.status().signing()).as("%s", seeds).isEqualTo(Signing.CLOCK_WRONG);
        assertThat(wrong.alerts).hasAtLeastOneElementOfType(ChainAlert.ClockSkewed.class);
        assertThat(writer.status().signing()).as("the one that is right goes on").isEqualTo(Signing.READY);
        assertThat(follower.pins.get(TestCids.cid(66))).isEmpty();
        wrong.aheadMillis = 0;
        cluster.run(Duration.ofMinutes(15));
        assertThat(follower.pins.get(TestCids.cid(66))).as("%s", seeds).isPresent();
    }

    @Test
    void aBlockOfTheFutureWaitsAndIsTakenWhenItsTimeComes() {
        Block draft = cluster.chains.draft(tip(), 2, 1, List.of(), List.of(TestOps.pin(88)));
        long later = follower.millis() + Duration.ofHours(1).toMillis();
        SignedBlock early = TestChains.sign(new Block(draft.chainId(), draft.height(), draft.prev(), draft.trust(),
                draft.merges(), draft.author(), draft.seq(), later, draft.ops()), 2);
        offerBy(early, 2);
        assertThat(follower.pins.size()).isEqualTo(5);
        cluster.run(Duration.ofMinutes(56));
        assertThat(follower.pins.size()).as("%s", seeds).isEqualTo(6);
    }

    @Test
    void aSilentClusterIsStaleAndNothingElse() {
        cluster.partition(new int[]{1}, new int[]{9});
        cluster.run(Duration.ofHours(25));
        assertThat(follower.status().staleness().isStale(follower.millis())).isTrue();
        assertThat(writer.status().staleness().isStale(writer.millis())).isFalse();
        assertThat(follower.pins.size()).isEqualTo(5);
        cluster.heal();
        cluster.run(Duration.ofMinutes(2));
        assertThat(follower.status().staleness().isStale(follower.millis())).as("%s", seeds).isFalse();
    }

    private SignedBlock tip() {
        return follower.blocks.get(follower.status().head().point().cid()).orElseThrow();
    }

    /** Has the follower and the writer hear of {@code block} from its author. */
    private void offerBy(SignedBlock block, int author) {
        boolean inline = block.bytes().size() < 16_000;
        SignedHead head = cluster.chains.head(new ChainPoint(block.height(), block.cid()), author, follower.millis(),
                inline ? List.of(block) : List.of());
        hear(head);
    }

    private void hear(SignedHead head) {
        follower.hear(head.bytes(), TestKeys.peerId(2));
        writer.hear(head.bytes(), TestKeys.peerId(2));
        cluster.run(Duration.ofMillis(200));
    }
}
