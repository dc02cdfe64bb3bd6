package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.AppliedSequences;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CheckpointsTest {

    private static final Cid CHAIN = TestCids.cid(0);
    private static final StateMark GENESIS = StateMark.genesis(CHAIN);

    @Test
    void givesTheNearestMarkBelow() {
        Checkpoints checkpoints = new Checkpoints(GENESIS, mark(700));
        for (long height = 701; height <= 5000; height++) {
            checkpoints.passed(mark(height));
        }
        assertThat(checkpoints.atOrBelow(699)).isEqualTo(GENESIS);
        assertThat(checkpoints.atOrBelow(1000)).isEqualTo(mark(700));
        assertThat(checkpoints.atOrBelow(1024)).isEqualTo(mark(1024));
        assertThat(checkpoints.atOrBelow(5000)).isEqualTo(mark(4096));
    }

    @Test
    void forgetsWhatIsNoMoreOnTheBranch() {
        Checkpoints checkpoints = new Checkpoints(GENESIS, mark(700));
        checkpoints.passed(mark(1024));
        checkpoints.passed(mark(2048));
        checkpoints.cut(1500);
        assertThat(checkpoints.atOrBelow(3000)).isEqualTo(mark(1024));
        checkpoints.cut(1023);
        assertThat(checkpoints.atOrBelow(3000)).isEqualTo(mark(700));
        checkpoints.cut(0);
        assertThat(checkpoints.atOrBelow(3000)).isEqualTo(GENESIS);
    }

    @Test
    void areNeverTooManyAndNeverTooFarApart() {
        Checkpoints checkpoints = new Checkpoints(GENESIS, GENESIS);
        long end = 3L * Checkpoints.MAX * 1024;
        for (long height = 1024; height <= end; height += 1024) {
            checkpoints.passed(mark(height));
        }
        long last = -1;
        int marks = 0;
        for (long height = 0; height <= end; height += 1024) {
            long found = checkpoints.atOrBelow(height).height();
            assertThat(height - found).isLessThan(4 * 1024);
            marks += found == last ? 0 : 1;
            last = found;
        }
        assertThat(marks).isLessThanOrEqualTo(Checkpoints.MAX);
    }

    private static StateMark mark(long height) {
        return new StateMark(new ChainPoint(height, TestCids.cid((int) height)), height, CHAIN, 0,
                AppliedSequences.NONE);
    }
}
