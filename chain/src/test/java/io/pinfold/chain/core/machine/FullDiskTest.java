package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A follower whose disk is full for long: it shows how far it is behind, takes bounded memory, and catches up afterwards. */
class FullDiskTest {

    private static final int MISSED = Ledger.MAX_HELD + 500;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void blocksWaitForTheDiskUpToABound() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1);
        SimPeer writer = cluster.peer(1);
        SimPeer follower = cluster.peer(9);
        cluster.run(Duration.ofSeconds(5));
        writer.submit(TestOps.pin(0));
        cluster.settle(Duration.ofSeconds(10));
        long before = follower.status().head().height();

        follower.fate.diskFull(true);
        for (int i = 1; i <= MISSED; i++) {
            writer.submit(TestOps.pin(i));
            cluster.run(Duration.ofMillis(10));
        }
        cluster.run(Duration.ofMinutes(3));
        ChainStatus stuck = follower.status();
        assertThat(stuck.head().height()).as("%s", seeds).isEqualTo(before);
        assertThat(stuck.bestHeight() - before).as("%s", seeds).isBetween(1L, Ledger.MAX_HELD + 256L);
        assertThat(writer.status().head().height()).as("%s", seeds).isGreaterThan(before + Ledger.MAX_HELD);
        assertThat(follower.alerts).as("%s", seeds).hasAtLeastOneElementOfType(ChainAlert.DiskTrouble.class);

        follower.fate.diskFull(false);
        cluster.settle(Duration.ofMinutes(5));
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(writer.pins.all());
        assertThat(follower.status().bestHeight()).as("%s", seeds).isEqualTo(follower.status().head().height());
    }
}
