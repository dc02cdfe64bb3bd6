package io.pinfold.libp2p.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitsTest {

    @Test
    void aBucketAllowsABurstAndThenARate() {
        AtomicLong time = new AtomicLong();
        TokenBucket bucket = new TokenBucket(3, 2, time::get);
        assertThat(takes(bucket, 10)).isEqualTo(3);
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(takes(bucket, 10)).isEqualTo(2);
        time.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(takes(bucket, 10)).isEqualTo(3);
    }

    private static int takes(TokenBucket bucket, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aBudgetKeepsItsBoundAndItsParents() {
        MemoryBudget whole = new MemoryBudget(100);
        MemoryBudget one = whole.part(80);
        MemoryBudget two = whole.part(80);
        assertThat(one.reserve(81)).isFalse();
        assertThat(one.reserve(80)).isTrue();
        assertThat(two.reserve(21)).isFalse();
        assertThat(two.used()).isZero();
        assertThat(two.reserve(20)).isTrue();
        assertThat(whole.used()).isEqualTo(100);
        one.release(80);
        assertThat(two.reserve(60)).isTrue();
        assertThat(whole.used()).isEqualTo(80);
    }

    @Test
    void deadlinesPass() {
        assertThat(Deadline.after(Duration.ZERO).passed()).isFalse();
        assertThat(Deadline.after(Duration.ZERO).isNever()).isTrue();
        assertThat(Deadline.after(Duration.ofNanos(1)).passed()).isTrue();
        assertThat(Deadline.after(Duration.ofNanos(1)).left()).isEqualTo(Duration.ofNanos(1));
        Deadline hour = Deadline.after(Duration.ofHours(1));
        assertThat(hour.left()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(hour.within(Duration.ofHours(2))).isSameAs(hour);
        assertThat(hour.within(Duration.ofMinutes(1)).left()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(hour.within(Duration.ZERO)).isSameAs(hour);
        assertThat(Deadline.NEVER.within(Duration.ofMinutes(1)).isNever()).isFalse();
    }
}
