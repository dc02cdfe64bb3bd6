package io.pinfold.chain.core.sync;

import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long the blocks of a key are waited for, however they come. */
class PatienceTest {

    private static final PeerId KEY = TestKeys.peerId(1);
    private static final long LENGTH = Patience.LENGTH.toMillis();
    private static final long MOST = Patience.MOST.toMillis();

    private final Patience patience = new Patience();
    private long now = 1_000_000;

    @Test
    void aKeyThatAnnouncedNothingIsNotWaitedFor() {
        assertThat(until()).isZero();
    }

    @Test
    void nothingComesSoItIsWaitedForOnceUntilItIsRegained() {
        patience.begin(KEY, now);
        long first = now + LENGTH;
        assertThat(until()).isEqualTo(first);
        pass(Patience.REGAIN.minusMillis(1));
        patience.begin(KEY, now);
        assertThat(until()).isEqualTo(first);
        pass(Duration.ofMillis(1));
        patience.begin(KEY, now);
        assertThat(until()).isEqualTo(now + LENGTH);
    }

    @Test
    void blocksThatDripAreWaitedForSoLongInAllIfThatIsBounded() {
        patience.begin(KEY, now);
        long begin = now;
        while (now < begin + MOST) {
            pass(Patience.LENGTH.minusSeconds(1));
            patience.progress(KEY, now);
            assertThat(until()).isEqualTo(Math.max(now, Math.min(now + LENGTH, begin + MOST)));
            assertThat(patience.untilMillis(KEY, false)).isEqualTo(now + LENGTH);
        }
        while (now < begin + Patience.REGAIN.toMillis() - LENGTH) {
            pass(Patience.LENGTH.minusSeconds(1));
            patience.progress(KEY, now);
            assertThat(until()).isEqualTo(now);
        }
        pass(Patience.LENGTH);
        patience.progress(KEY, now);
        assertThat(until()).isEqualTo(now + LENGTH);
    }

    @Test
    void alsoIfEachBranchComesToItsEnd() {
        long waited = 0;
        long end = now + Patience.REGAIN.toMillis();
        while (now < end) {
            patience.begin(KEY, now);
            long until = until();
            Duration slow = Patience.LENGTH.minusMillis(2);
            waited += Math.clamp(until - now, 0, slow.toMillis());
            pass(slow);
            patience.progress(KEY, now);
            pass(Duration.ofMillis(1));
            patience.settled(KEY, now);
            pass(Duration.ofMillis(1));
        }
        assertThat(waited).isBetween(MOST - LENGTH, MOST);
    }

    @Test
    void whatComesAtOnceCostsNothing() {
        for (int i = 0; i < 1000; i++) {
            patience.begin(KEY, now);
            assertThat(until()).isEqualTo(now + LENGTH);
            pass(Patience.QUICK);
            patience.settled(KEY, now);
            assertThat(until()).isZero();
        }
    }

    @Test
    void whatNobodyHadCountsOnlyAsLongAsItWasWaitedFor() {
        patience.begin(KEY, now);
        pass(Duration.ofSeconds(5));
        patience.end(KEY, now);
        assertThat(until()).isEqualTo(now);
        pass(Duration.ofMinutes(9));
        patience.progress(KEY, now);
        assertThat(until()).isEqualTo(now + LENGTH);
    }

    private long until() {
        return patience.untilMillis(KEY, true);
    }

    private void pass(Duration span) {
        now += span.toMillis();
    }
}
