package io.pinfold.rpc.server;

import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.MethodTable;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The parts that count: bucket, budget, places, accounts. */
class LimitsTest {

    private static final PeerId A = SimNetwork.keyOf(1).peerId();
    private static final PeerId B = SimNetwork.keyOf(2).peerId();

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final ManualClock clock = new ManualClock();

    /** In any stretch of time, no more tokens are given than the capacity and what the rate adds in it. */
    @Test
    void aBucketNeverGivesMoreThanItsRateAndCapacity() {
        RandomGenerator random = seeds.generator();
        TokenBucket bucket = new TokenBucket(10, 5, Duration.ofSeconds(1), clock.instant());
        Deque<Instant> given = new ArrayDeque<>();
        for (int step = 0; step < 5_000; step++) {
            clock.advance(Duration.ofMillis(random.nextInt(300)));
            if (bucket.tryTake(clock.instant())) {
                given.add(clock.instant());
            }
        }
        List<Instant> all = new ArrayList<>(given);
        for (int from = 0; from < all.size(); from += 7) {
            for (int to = from; to < Math.min(all.size(), from + 60); to++) {
                double seconds = Duration.between(all.get(from), all.get(to)).toMillis() / 1000.0;
                assertThat((double) (to - from + 1)).as(seeds.toString()).isLessThanOrEqualTo(10 + 5 * seconds + 1e-6);
            }
        }
        assertThat(all).as(seeds.toString()).hasSizeGreaterThan(2_000);
    }

    @Test
    void aBucketTellsWhenTheNextTokenComes() {
        TokenBucket bucket = new TokenBucket(1, 2, Duration.ofSeconds(1), clock.instant());
        assertThat(bucket.tryTake(clock.instant())).isTrue();
        assertThat(bucket.untilNext(clock.instant())).isEqualTo(Duration.ofMillis(500));
        assertThat(bucket.tryTake(clock.advance(Duration.ofMillis(499)))).isFalse();
        assertThat(bucket.tryTake(clock.advance(Duration.ofMillis(1)))).isTrue();
    }

    @Test
    void aClockThatStepsBackGivesNothing() {
        TokenBucket bucket = new TokenBucket(1, 1, Duration.ofSeconds(1), clock.instant());
        assertThat(bucket.tryTake(clock.instant())).isTrue();
        assertThat(bucket.tryTake(clock.advance(Duration.ofHours(-1)))).isFalse();
        assertThat(bucket.tryTake(clock.advance(Duration.ofSeconds(1)))).isTrue();
    }

    @Test
    void aBudgetQueuesAndGivesBackWhatIsNotUsed() {
        EgressBudget budget = new EgressBudget(100, 100, clock);
        Duration most = Duration.ofSeconds(2);
        assertThat(budget.reserve(100, most)).contains(Duration.ZERO);
        assertThat(budget.reserve(100, most)).contains(Duration.ofSeconds(1));
        assertThat(budget.reserve(100, most)).contains(Duration.ofSeconds(2));
        assertThat(budget.reserve(1, most)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(budget.reserve(100, most)).contains(Duration.ofSeconds(2));
    }

    @Test
    void strangersLeavePlacesForThoseWhoAreTrusted() {
        Admission admission = new Admission(new RpcServerConfig(3, 2, 2, Duration.ofSeconds(1), 1, 1));
        Optional<Permit> first = admission.enter(A, false);
        assertThat(admission.enter(A, false)).isPresent();
        assertThat(admission.enter(A, false)).as("its own share").isEmpty();
        assertThat(admission.enter(SimNetwork.keyOf(3).peerId(), false)).as("the strangers' share").isEmpty();
        assertThat(admission.enter(B, true)).isPresent();
        assertThat(admission.enter(B, true)).as("all places").isEmpty();
        first.orElseThrow().close();
        assertThat(admission.enter(SimNetwork.keyOf(3).peerId(), false)).isPresent();
    }

    @Test
    void accountsAreBoundedAndRunningCallsKept() {
        CallerLimiter limiter = new CallerLimiter(clock);
        assertThat(limiter.begin(A, MethodTable.ID)).isInstanceOf(CallerLimiter.Verdict.Begun.class);
        for (int i = 0; i < CallerLimiter.MAX_ACCOUNTS + 10; i++) {
            if (limiter.begin(PeerIds.number(i),
                    MethodTable.ID) instanceof CallerLimiter.Verdict.Begun(Permit permit)) {
                permit.close();
            }
        }
        assertThat(limiter.accounts()).isEqualTo(CallerLimiter.MAX_ACCOUNTS);
        for (int i = 1; i < MethodTable.ID.limits().concurrent(); i++) {
            assertThat(limiter.begin(A, MethodTable.ID)).isInstanceOf(CallerLimiter.Verdict.Begun.class);
        }
        assertThat(limiter.begin(A, MethodTable.ID)).isInstanceOf(CallerLimiter.Verdict.Later.class);
    }
}
