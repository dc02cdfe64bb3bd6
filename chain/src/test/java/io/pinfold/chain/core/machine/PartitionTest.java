package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.testing.MemoryPinStore;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Writers that cannot reach each other for a while: all that was acknowledged on either side is in the chain at the end. */
class PartitionTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void twentyThousandOperationsOnEachSideAllLand() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1, 2);
        SimPeer left = cluster.peer(1);
        SimPeer right = cluster.peer(2);
        SimPeer follower = cluster.peer(9);
        cluster.run(Duration.ofSeconds(5));
        cluster.partition(new int[]{1, 9}, new int[]{2});
        for (int i = 0; i < 20_000; i++) {
            left.submit(TestOps.pin(i));
            right.submit(TestOps.pin(100_000 + i));
            if (i % 50 == 49) {
                cluster.run(Duration.ofMillis(10));
            }
        }
        cluster.run(Duration.ofSeconds(20));
        assertThat(left.status().head().height()).isGreaterThanOrEqualTo(400);
        assertThat(right.status().head().height()).isGreaterThanOrEqualTo(400);
        cluster.heal();
        cluster.settle(Duration.ofMinutes(10));
        Map<Cid, PinEntry> expected = left.pins.all();
        assertThat(expected).as("%s", seeds).hasSize(40_000);
        assertThat(right.pins.all().equals(expected)).as("%s", seeds).isTrue();
        assertThat(follower.pins.all().equals(expected)).as("%s", seeds).isTrue();
    }

    @Test
    void aNewOperationIsNotOverriddenByAnOlderOneOfItsPeerThatIsMergedLater() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1, 2);
        SimPeer left = cluster.peer(1);
        SimPeer right = cluster.peer(2);
        cluster.run(Duration.ofSeconds(15));
        cluster.partition(new int[]{1}, new int[]{2});
        for (int i = 0; i < 80; i++) {
            left.submit(TestOps.pin(i / 2));
            cluster.run(Duration.ofMillis(2));
            right.submit(TestOps.pin(100 + 2 * i));
            cluster.run(Duration.ofMillis(2));
            right.submit(TestOps.pin(101 + 2 * i));
            cluster.run(Duration.ofMillis(2));
        }
        cluster.run(Duration.ofSeconds(15));
        cluster.heal();
        for (int i = 0; left.status().orphans() < 40; i++) {
            assertThat(i).as("%s", seeds).isLessThan(10_000);
            cluster.run(Duration.ofMillis(1));
        }
        left.submit(TestOps.unpin(39));
        cluster.settle(Duration.ofMinutes(2));
        assertThat(left.pins.get(TestCids.cid(39))).as("%s", seeds).isEmpty();
        assertThat(left.pins.all()).as("%s", seeds).isEqualTo(right.pins.all()).hasSize(39 + 160);
    }

    @Test
    void theMergedOperationCountsAndTheMergingPeerSaysWhatItTookThePlaceOf() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1, 2);
        SimPeer left = cluster.peer(1);
        SimPeer right = cluster.peer(2);
        cluster.run(Duration.ofSeconds(5));
        left.submit(TestOps.pin(5, "before"));
        cluster.settle(Duration.ofSeconds(10));
        cluster.partition(new int[]{1}, new int[]{2});
        left.submit(TestOps.pin(5, "left"));
        left.submit(TestOps.unpin(6));
        right.submit(TestOps.pin(5, "right"));
        cluster.run(Duration.ofSeconds(1));
        right.submit(TestOps.pin(6, "right"));
        right.submit(TestOps.pin(7, "right"));
        cluster.run(Duration.ofSeconds(20));
        cluster.heal();
        cluster.settle(Duration.ofSeconds(20));
        assertThat(left.pins.all()).as("%s", seeds).isEqualTo(right.pins.all());
        Optional<PinEntry> five = left.pins.get(TestCids.cid(5));
        assertThat(five.orElseThrow().pin().name()).as("the shorter side is merged into the longer, %s", seeds)
                .isEqualTo("left");
        List<ChainAlert.MergeConflict> conflicts = cluster.peers()
                .stream()
                .flatMap(peer -> peer.alerts.stream())
                .filter(ChainAlert.MergeConflict.class::isInstance)
                .map(ChainAlert.MergeConflict.class::cast)
                .toList();
        assertThat(conflicts).as("%s", seeds).anySatisfy(conflict -> {
            assertThat(conflict.cid()).isEqualTo(TestCids.cid(5));
            assertThat(conflict.merged()).isEqualTo(TestOps.pin(5, "left"));
            assertThat(conflict.former()).isEqualTo(TestOps.pin(5, "right"));
        });
    }

    @Test
    void aBranchDeeperThanTheStateCanUndoIsTakenAllTheSame() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1, 2);
        SimPeer left = cluster.peer(1);
        SimPeer right = cluster.peer(2);
        left.pins = new MemoryPinStore(cluster.chains.chainId(), 5);
        left.crash();
        left.pins = new MemoryPinStore(cluster.chains.chainId(), 5);
        left.start();
        cluster.run(Duration.ofSeconds(5));
        left.submit(TestOps.pin(200));
        cluster.run(Duration.ofSeconds(15));
        cluster.partition(new int[]{1}, new int[]{2});
        for (int i = 0; i < 20; i++) {
            left.submit(TestOps.pin(i));
            right.submit(TestOps.pin(100 + i));
            cluster.run(Duration.ofMillis(20));
        }
        for (int i = 20; i < 30; i++) {
            right.submit(TestOps.pin(100 + i));
            cluster.run(Duration.ofMillis(20));
        }
        cluster.run(Duration.ofSeconds(15));
        cluster.heal();
        cluster.settle(Duration.ofMinutes(1));
        assertThat(left.pins.all()).as("%s", seeds).isEqualTo(right.pins.all()).hasSize(51);
        assertThat(left.alerts).as("%s", seeds).hasAtLeastOneElementOfType(ChainAlert.DeepReorganisation.class);
    }

    @Test
    void anAuthorWhoDiesDoesNotTakeHisBlocksAlong() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1, 2, 3);
        SimPeer one = cluster.peer(1);
        SimPeer two = cluster.peer(2);
        SimPeer three = cluster.peer(3);
        cluster.run(Duration.ofSeconds(5));
        cluster.partition(new int[]{1, 3}, new int[]{2});
        LogOp lonely = TestOps.pin(1);
        one.submit(lonely);
        cluster.run(Duration.ofMillis(100));
        for (int i = 10; i < 20; i++) {
            two.submit(TestOps.pin(i));
            cluster.run(Duration.ofMillis(50));
        }
        cluster.run(Duration.ofSeconds(1));
        one.crash();
        cluster.heal();
        cluster.settle(Duration.ofSeconds(30));
        assertThat(two.pins.get(TestCids.cid(1))).as("%s", seeds).isPresent();
        assertThat(two.pins.all()).as("%s", seeds).isEqualTo(three.pins.all()).hasSize(11);
    }
}
