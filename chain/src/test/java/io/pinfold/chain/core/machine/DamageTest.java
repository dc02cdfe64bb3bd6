package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.MemoryPinStore;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Blocks that the chain store has lost come back from other peers, wherever they stand. */
class DamageTest {

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
        cluster.write(writer, 30, Duration.ofMillis(20));
        assertThat(follower.status().head().height()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void aGapAboveTheStateHoldsThePeerUpUntilItIsClosed() {
        damage(writer, 4, 9);
        writer.crash();
        writer.start();
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.REPAIRING);
        cluster.settle(Duration.ofMinutes(5));
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.READY);
        assertWhole(writer);
    }

    @Test
    void aGapBelowTheStateIsClosedWhileThePeerGoesOn() {
        MemoryPinStore base = follower.pins.base();
        damage(follower, 4, 9);
        follower.crash(base);
        follower.start();
        writer.submit(TestOps.pin(99));
        cluster.settle(Duration.ofSeconds(10));
        cluster.run(Duration.ofMinutes(5));
        assertWhole(follower);
    }

    @Test
    void damageThatIsFoundWhileThePeerRunsIsMended() {
        damage(follower, 4, 9);
        cluster.run(Duration.ofMinutes(10));
        assertWhole(follower);
    }

    @Test
    void blocksOfATornAppendAreTakenThoughTheirHeadIsNotThere() {
        follower.crash();
        writer.submit(TestOps.pin(98));
        writer.submit(TestOps.pin(99));
        cluster.run(Duration.ofSeconds(1));
        cluster.partition(new int[]{1}, new int[]{9});
        follower.blocks.append(writer.blocks.all(), follower.blocks.head().orElseThrow());
        follower.start();
        cluster.run(Duration.ofSeconds(1));
        assertThat(follower.status().head()).as("%s", seeds).isEqualTo(writer.status().head());
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(writer.pins.all());
        assertThat(follower.status().orphans()).isZero();
    }

    @Test
    void anOperationWhoseBlockCouldNotBeWrittenStaysInTheIntakeLog() {
        writer.fate.blocksFull(true);
        writer.submit(TestOps.pin(98));
        cluster.run(Duration.ofMillis(100));
        writer.submit(TestOps.pin(99));
        cluster.run(Duration.ofMillis(100));
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.DISK_TROUBLE);
        writer.crash();
        writer.start();
        cluster.settle(Duration.ofMinutes(1));
        assertThat(follower.pins.all().keySet()).as("%s", seeds).contains(TestCids.cid(98), TestCids.cid(99));
    }

    private static void damage(SimPeer peer, long from, long to) {
        for (long height = from; height <= to; height++) {
            peer.blocks.damage(peer.blocks.cidAt(height).orElseThrow());
        }
    }

    private void assertWhole(SimPeer peer) {
        assertThat(peer.blocks.missing()).as("%s", seeds).isEmpty();
        assertThat(peer.blocks.all()).as("%s", seeds).extracting(SignedBlock::cid).allMatch(peer.blocks::contains);
        assertThat(peer.alerts).as("%s", seeds).hasAtLeastOneElementOfType(ChainAlert.Damaged.class);
        assertThat(writer.pins.all()).as("%s", seeds).isEqualTo(follower.pins.all());
    }
}
