package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.intake.Submission;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class SeveralWritersTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void oneWriterWritesAtOnceAndAFollowerFollows() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1);
        SimPeer writer = cluster.peer(1);
        SimPeer follower = cluster.peer(9);
        cluster.run(Duration.ofSeconds(1));
        for (int i = 0; i < 50; i++) {
            assertThat(writer.submit(TestOps.pin(i))).isInstanceOf(Submission.Accepted.class);
            cluster.run(i == 0 ? Duration.ofMillis(1) : Spacing.GAP);
            assertThat(writer.pins.get(TestCids.cid(i))).as("%s", seeds).isPresent();
        }
        cluster.run(Duration.ofMillis(20));
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(writer.pins.all()).hasSize(50);
        assertThat(follower.submit(TestOps.pin(1))).isInstanceOf(Submission.Refused.class);
    }

    @Test
    void whatComesWithinTheGapSharesABlock() {
        SimCluster cluster = new SimCluster(seeds.seed(), 1);
        SimPeer writer = cluster.peer(1);
        cluster.run(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            assertThat(writer.submit(TestOps.pin(i))).isInstanceOf(Submission.Accepted.class);
            cluster.run(Duration.ofMillis(1));
        }
        cluster.run(Spacing.GAP);
        assertThat(writer.pins.all()).as("%s", seeds).hasSize(10);
        assertThat(writer.pins.mark().height()).as("%s", seeds).isBetween(3L, 4L);
    }

    @Test
    void twoWritersAtOnce() {
        writeAtOnce(2);
    }

    @Test
    void threeWritersAtOnce() {
        writeAtOnce(3);
    }

    private void writeAtOnce(int writers) {
        int[] keys = IntStream.rangeClosed(1, writers).toArray();
        SimCluster cluster = new SimCluster(seeds.seed(), keys);
        for (int key : keys) {
            cluster.peer(key);
        }
        cluster.peer(9);
        cluster.run(Duration.ofSeconds(5));
        int ops = 0;
        for (int round = 0; round < 1000; round++) {
            for (int key : keys) {
                assertThat(cluster.peers().get(key - 1).submit(TestOps.pin(ops++)))
                        .isInstanceOf(Submission.Accepted.class);
            }
            cluster.run(Duration.ofMillis(cluster.random.nextInt(10)));
        }
        cluster.settle(Duration.ofMinutes(2));
        SimPeer first = cluster.peers().getFirst();
        long blocks = first.blocks.all().size();
        long orphans = blocks - first.status().head().height();
        for (SimPeer peer : cluster.peers()) {
            assertThat(peer.pins.size()).as("%s", seeds).isEqualTo(ops);
            assertThat(peer.pins.all()).as("%s", seeds).isEqualTo(first.pins.all());
            assertThat(peer.alerts).as("%s", seeds).isEmpty();
        }
        assertThat(orphans * 5).as("forks stay few, %s", seeds).isLessThan(blocks);
        assertThat(first.blocks.all()).extracting(SignedBlock::height).isNotEmpty();
    }
}
