package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.AppliedSequences;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class OrphanPoolTest {

    private static final Comparator<Orphan> ORDER = Comparator.comparingLong(Orphan::height)
            .thenComparingLong(Orphan::timeMillis)
            .thenComparing(Orphan::cid);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void givesTheLowestFirstWhateverTheOrderInWhichTheyCame() {
        RandomGenerator random = seeds.generator();
        OrphanPool pool = new OrphanPool(1000);
        List<Orphan> model = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Orphan orphan = orphan(1 + random.nextInt(3), 1 + random.nextInt(40), random.nextInt(20),
                    random.nextInt(5));
            if (random.nextInt(3) == 0) {
                pool.remove(orphan.author(), orphan.seq());
                model.removeIf(each -> isSameNumber(each, orphan));
            } else {
                pool.add(orphan, AppliedSequences.NONE);
                if (model.stream().noneMatch(each -> isSameNumber(each, orphan))) {
                    model.add(orphan);
                }
            }
            model.sort(ORDER);
            assertThat(pool.size()).as("%s", seeds).isEqualTo(model.size());
            assertThat(pool.next(16, 10)).as("%s", seeds).isEqualTo(model.stream().limit(16).toList());
            assertThat(pool.countOf(TestKeys.peerId(1))).as("%s", seeds)
                    .isEqualTo((int) model.stream().filter(each -> each.author().equals(TestKeys.peerId(1))).count());
            assertThat(pool.highest(TestKeys.peerId(2))).as("%s", seeds)
                    .isEqualTo(model.stream()
                            .filter(each -> each.author().equals(TestKeys.peerId(2)))
                            .mapToLong(Orphan::seq)
                            .max()
                            .orElse(0));
        }
    }

    @Test
    void stopsAtTheFirstThatIsOfTheFuture() {
        OrphanPool pool = new OrphanPool(10);
        pool.add(orphan(1, 1, 5, 50), AppliedSequences.NONE);
        pool.add(orphan(1, 2, 6, 90), AppliedSequences.NONE);
        pool.add(orphan(1, 3, 7, 60), AppliedSequences.NONE);
        assertThat(pool.next(10, 49)).isEmpty();
        assertThat(pool.next(10, 70)).extracting(Orphan::seq).containsExactly(1L);
        assertThat(pool.next(10, 90)).extracting(Orphan::seq).containsExactly(1L, 2L, 3L);
        assertThat(pool.nextTimeMillis()).isEqualTo(50);
    }

    @Test
    void takesNothingThatIsAppliedOrEmpty() {
        OrphanPool pool = new OrphanPool(10);
        pool.add(orphan(1, 7, 1, 1), AppliedSequences.NONE.plus(TestKeys.peerId(1), 7));
        Orphan one = orphan(1, 8, 1, 1);
        pool.add(new Orphan(one.cid(), 1, one.prev(), one.author(), 8, 1, false), AppliedSequences.NONE);
        assertThat(pool.size()).isZero();
        assertThat(pool.nextTimeMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void keepsTheLowestWhenItIsFullAndSaysSoOnce() {
        OrphanPool pool = new OrphanPool(3);
        for (int height = 9; height >= 5; height--) {
            pool.add(orphan(1, height, height, 1), AppliedSequences.NONE);
        }
        assertThat(pool.next(10, 1)).extracting(Orphan::height).containsExactly(5L, 6L, 7L);
        assertThat(pool.contains(TestKeys.peerId(1), 9)).isFalse();
        assertThat(pool.countOf(TestKeys.peerId(1))).isEqualTo(3);
        assertThat(pool.takeOverflow()).isTrue();
        assertThat(pool.takeOverflow()).isFalse();
    }

    private static boolean isSameNumber(Orphan one, Orphan other) {
        return one.author().equals(other.author()) && one.seq() == other.seq();
    }

    private static Orphan orphan(int author, long seq, long height, long timeMillis) {
        return new Orphan(TestCids.cid((int) (author * 1_000_000L + seq * 1000 + height * 10 + timeMillis)), height,
                TestCids.cid(0), TestKeys.peerId(author), seq, timeMillis, true);
    }
}
