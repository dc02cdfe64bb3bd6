package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.MemoryGuard;
import io.pinfold.chain.testing.MemoryIntakeLog;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Blocks that are announced come, but one by one: a publisher that knows its own numbers waits for them for a while and signs
 * then; one that may not know them waits to the end.
 */
class SlowBlocksTest {

    private static final int ROGUE = 2;
    private static final Duration SLOWNESS = Duration.ofSeconds(5);
    private static final Duration PROMPT = Duration.ofSeconds(1);
    private static final int LONG = 600;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private SimCluster cluster;
    private SimPeer writer;
    private SimPeer accomplice;
    private int pins;
    private List<SignedBlock> branch = List.of();

    @BeforeEach
    void clusterOfTwoKeys() {
        start(1, ROGUE);
    }

    @Test
    void aKeyWhoseBlocksComeOneByOneHoldsAPublisherUpForSoLong() {
        start(1, ROGUE, 3);
        SimPeer third = cluster.peer(3);
        cluster.run(Duration.ofSeconds(10));
        hear(cluster.chains.head(tip(), ROGUE, writer.millis()).bytes());
        cluster.run(PROMPT);
        serveSlowly();
        Duration unsigned = unsigned(Duration.ofMinutes(9));
        assertThat(unsigned).as("%s", seeds)
                .isGreaterThan(ChainSync.WAIT)
                .isLessThan(ChainSync.WAIT_MOST.plus(PROMPT));
        assertThat(third.status().signing()).isEqualTo(Signing.READY);
        assertThat(third.pins.all()).as("what the writer wrote meanwhile came to others, %s", seeds)
                .hasSizeGreaterThanOrEqualTo(pins);
        assertThat(unsigned(Duration.ofMinutes(10))).as("and not for ever anew, %s", seeds)
                .isLessThan(ChainSync.WAIT_MOST.plus(PROMPT));
    }

    @Test
    void orAPublisherThatWasRestartedMeanwhileIfMostOthersAreThere() {
        start(1, ROGUE, 3, 4);
        cluster.peer(3);
        cluster.peer(4);
        cluster.run(Duration.ofSeconds(10));
        writer.crash();
        serveSlowly();
        writer.start();
        cluster.run(PROMPT);
        hear(headOfBranch());
        assertThat(unsigned(Duration.ofMinutes(9))).as("%s", seeds)
                .isBetween(ChainSync.WAIT, ChainSync.WAIT_MOST.plus(Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPublisherThatHasLostItsNumbersWaitsForAllBlocksUnlessToldOtherwise(boolean alone) {
        SimPeer other = cluster.peer(ROGUE);
        for (int i = 0; i < 150; i++) {
            write();
            cluster.run(Duration.ofMillis(100));
        }
        cluster.run(Duration.ofMinutes(3));
        long height = writer.status().head().height();
        assertThat(height).isGreaterThan(130);
        writer.crash();
        writer.blocks = new MemoryChainStore();
        writer.intake = new MemoryIntakeLog();
        writer.guard = new MemoryGuard();
        List.of(other, accomplice).forEach(peer -> peer.slowness = SLOWNESS);
        writer.start();
        if (alone) {
            writer.post(new ChainEvent.GoAlone());
        }
        write();
        long begin = cluster.time.millis();
        while (writer.status().signing() != Signing.READY) {
            cluster.run(Duration.ofMillis(100));
        }
        if (alone) {
            assertThat(writer.status().head().height()).as("%s", seeds).isLessThan(height);
            return;
        }
        assertThat(cluster.time.millis() - begin).as("%s", seeds).isGreaterThan(ChainSync.WAIT_MOST.toMillis());
        assertThat(writer.status().head().height()).as("%s", seeds).isGreaterThanOrEqualTo(height);
        cluster.settle(Duration.ofMinutes(1));
        assertThat(other.pins.size()).as("%s", seeds).isEqualTo(pins);
        assertThat(other.alerts).as("%s", seeds).noneMatch(ChainAlert.Equivocated.class::isInstance);
    }

    private void start(int... publishers) {
        cluster = new SimCluster(seeds.seed(), publishers);
        writer = cluster.peer(1);
        accomplice = cluster.peer(11);
        cluster.run(Duration.ofSeconds(5));
        pins = 0;
        write();
        cluster.run(PROMPT);
    }

    /** The rogue key has a long branch, which the accomplice serves slowly, and announces it. */
    private void serveSlowly() {
        SignedBlock tip = tip();
        branch = cluster.chains.line(tip, ROGUE, LONG, 100_000);
        accomplice.blocks.append(branch, new ChainPoint(tip.height(), tip.cid()));
        accomplice.slowness = SLOWNESS;
        hear(headOfBranch());
    }

    private Bytes headOfBranch() {
        return cluster.chains.head(branch.getLast(), ROGUE, accomplice.millis()).bytes();
    }

    private void hear(Bytes head) {
        for (SimPeer peer : cluster.peers()) {
            if (peer.isUp() && peer != accomplice) {
                peer.hear(head, accomplice.id());
            }
        }
    }

    /** How long the writer, which writes all the while, does not sign. */
    private Duration unsigned(Duration span) {
        Duration unsigned = Duration.ZERO;
        Duration step = Duration.ofMillis(200);
        for (Duration at = Duration.ZERO; at.compareTo(span) < 0; at = at.plus(step)) {
            if (at.toMillis() % 10_000 == 0) {
                write();
            }
            cluster.run(step);
            unsigned = writer.status().signing() == Signing.READY ? unsigned : unsigned.plus(step);
        }
        return unsigned;
    }

    private void write() {
        writer.submit(TestOps.pin(pins++));
    }

    private SignedBlock tip() {
        return accomplice.blocks.get(accomplice.status().head().point().cid()).orElseThrow();
    }
}
