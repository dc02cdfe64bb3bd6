package io.pinfold.follower.tracker.operation;

import io.pinfold.follower.tracker.operation.OperationTable.Admission;
import io.pinfold.follower.tracker.operation.OperationTable.Finish;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pinfold.follower.tracker.operation.OperationType.PIN;
import static io.pinfold.follower.tracker.operation.OperationType.UNPIN;
import static org.assertj.core.api.Assertions.assertThat;

class OperationTableTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final OperationEvent SUCCEEDED = new OperationEvent.Succeeded();
    private static final OperationEvent FAILED = new OperationEvent.Failed("why", Optional.of(NOON.plusSeconds(10)));

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final OperationTable table = new OperationTable(3, 2, 2, 1);

    @Test
    void sameAgainIsNothing() {
        assertThat(want(1, PIN)).isEqualTo(Admission.ADDED);
        assertThat(want(1, PIN)).isEqualTo(Admission.SAME);
        Running running = start(PIN);
        assertThat(table.start(PIN, NOON)).isEmpty();
        assertThat(table.finish(running, SUCCEEDED, NOON)).isEqualTo(Finish.DONE);
        assertThat(table.get(cid(1))).isEmpty();
    }

    @Test
    void sameAgainWhileItRunsRunsOnceMore() {
        want(1, PIN);
        Running running = start(PIN);
        assertThat(want(1, PIN)).isEqualTo(Admission.SAME);
        assertThat(running.work().cancelled()).isFalse();
        assertThat(table.finish(running, SUCCEEDED, NOON)).isEqualTo(Finish.DONE);
        assertThat(table.finish(start(PIN), SUCCEEDED, NOON)).isEqualTo(Finish.DONE);
        assertThat(table.get(cid(1))).isEmpty();
    }

    @Test
    void oppositeReplacesWhatIsQueued() {
        want(1, PIN);
        assertThat(want(1, UNPIN)).isEqualTo(Admission.ADDED);
        assertThat(table.start(PIN, NOON)).isEmpty();
        assertThat(start(UNPIN).operation().cid()).isEqualTo(cid(1));
    }

    @Test
    void oppositeCancelsWhatRunsAndWaitsForItsEnd() {
        want(1, PIN);
        Running pin = start(PIN);
        assertThat(want(1, UNPIN)).isEqualTo(Admission.ADDED);
        assertThat(pin.work().cancelled()).isTrue();
        assertThat(table.start(UNPIN, NOON)).isEmpty();
        assertThat(table.get(cid(1)).orElseThrow().operation().phase()).isEqualTo(Phase.QUEUED);
        assertThat(table.finish(pin, SUCCEEDED, NOON)).isEqualTo(Finish.SUPERSEDED);
        assertThat(start(UNPIN).operation().type()).isEqualTo(UNPIN);
    }

    @Test
    void thereAndBackStartsAnewAfterTheCancelledOne() {
        want(1, PIN);
        Running first = start(PIN);
        want(1, UNPIN);
        assertThat(want(1, PIN)).isEqualTo(Admission.ADDED);
        assertThat(table.start(PIN, NOON)).isEmpty();
        assertThat(table.finish(first, new OperationEvent.PutBack("cancelled"), NOON)).isEqualTo(Finish.SUPERSEDED);
        Running second = start(PIN);
        assertThat(second.operation().attempts()).isEqualTo(1);
        assertThat(table.finish(second, SUCCEEDED, NOON)).isEqualTo(Finish.DONE);
    }

    @Test
    void droppedWhileRunningIsForgottenAtItsEnd() {
        want(1, PIN);
        Running running = start(PIN);
        assertThat(table.drop(cid(1), UNPIN)).isFalse();
        assertThat(table.drop(cid(1), PIN)).isTrue();
        assertThat(running.work().cancelled()).isTrue();
        assertThat(table.get(cid(1))).isEmpty();
        assertThat(table.finish(running, FAILED, NOON)).isEqualTo(Finish.SUPERSEDED);
        assertThat(table.cids()).isEmpty();
    }

    @Test
    void fullQueueRefusesAndForgetsTheOpposite() {
        want(1, UNPIN);
        want(2, PIN);
        want(3, PIN);
        want(4, PIN);
        assertThat(want(5, PIN)).isEqualTo(Admission.FULL);
        assertThat(want(1, PIN)).isEqualTo(Admission.FULL);
        assertThat(table.get(cid(1))).isEmpty();
        assertThat(table.want(cid(5), PIN, Lane.BACKLOG, NOON)).isEqualTo(Admission.ADDED);
    }

    @Test
    void failedOneWaitsForItsTimeOrIsAskedFor() {
        want(1, PIN);
        assertThat(table.finish(start(PIN), FAILED, NOON)).isEqualTo(Finish.KEPT);
        assertThat(table.nextRetry()).contains(NOON.plusSeconds(10));
        assertThat(table.retryDue(NOON.plusSeconds(9))).isZero();
        assertThat(table.start(PIN, NOON)).isEmpty();
        assertThat(table.retryDue(NOON.plusSeconds(10))).isEqualTo(1);
        assertThat(table.finish(start(PIN), FAILED, NOON)).isEqualTo(Finish.KEPT);
        assertThat(table.retry(cid(1), NOON)).isTrue();
        assertThat(table.retry(cid(1), NOON)).isFalse();
        assertThat(table.nextRetry()).isEmpty();
        assertThat(start(PIN).operation().attempts()).isEqualTo(3);
    }

    @Test
    void failedOneIsTriedAtOnceIfItIsWantedAnewButNotIfFoundMissing() {
        want(1, PIN);
        table.finish(start(PIN), FAILED, NOON);
        assertThat(table.want(cid(1), PIN, Lane.BACKLOG, NOON)).isEqualTo(Admission.SAME);
        assertThat(table.start(PIN, NOON)).isEmpty();
        assertThat(want(1, PIN)).isEqualTo(Admission.SAME);
        assertThat(start(PIN).operation().attempts()).isEqualTo(2);
    }

    @Test
    void tooManyFailedOnesAreForgotten() {
        for (int i = 1; i <= 3; i++) {
            want(i, PIN);
        }
        assertThat(table.finish(start(PIN), FAILED, NOON)).isEqualTo(Finish.KEPT);
        assertThat(table.finish(start(PIN), FAILED, NOON)).isEqualTo(Finish.KEPT);
        assertThat(table.finish(start(PIN), FAILED, NOON)).isEqualTo(Finish.EVICTED);
        assertThat(table.count(PIN)).isEqualTo(2);
        assertThat(table.count(PIN, Phase.ERROR)).isEqualTo(2);
    }

    @Test
    void putBackIsNextAgain() {
        want(1, PIN);
        want(2, PIN);
        want(3, PIN);
        Running first = start(PIN);
        assertThat(table.finish(first, new OperationEvent.PutBack("away"), NOON)).isEqualTo(Finish.KEPT);
        assertThat(start(PIN).operation().cid()).isEqualTo(first.operation().cid());
    }

    @Test
    void randomLivesKeepTheRules() {
        RandomGenerator random = seeds.generator();
        for (int life = 0; life < 15; life++) {
            new RandomLife(random, "life " + life + ", " + seeds).live();
        }
    }

    /** Random calls against plain bookkeeping: at most one running a CID, slots and bounds kept, nothing lost. */
    private static final class RandomLife {
        private final RandomGenerator random;
        private final String name;
        private final OperationTable table = new OperationTable(4, 3, 3, 2);
        private final Map<Cid, OperationType> wanted = new HashMap<>();
        private final List<Running> running = new ArrayList<>();
        private Instant now = NOON;

        RandomLife(RandomGenerator random, String name) {
            this.random = random;
            this.name = name;
        }

        void live() {
            for (int step = 0; step < 500; step++) {
                step();
                check();
            }
            for (int i = 0; i < 1000 && !(wanted.isEmpty() && running.isEmpty()); i++) {
                now = now.plusSeconds(100);
                table.retryDue(now);
                startAll();
                List.copyOf(running).forEach(attempt -> finish(attempt, SUCCEEDED));
            }
            assertThat(wanted).describedAs(name).isEmpty();
            assertThat(table.cids()).describedAs(name).isEmpty();
        }

        private void step() {
            Cid cid = cid(random.nextInt(12));
            OperationType type = random.nextBoolean() ? PIN : UNPIN;
            now = now.plusSeconds(random.nextInt(5));
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    Lane lane = random.nextBoolean() ? Lane.RECENT : Lane.BACKLOG;
                    if (table.want(cid, type, lane, now) == Admission.FULL) {
                        wanted.remove(cid);
                    } else {
                        wanted.put(cid, type);
                    }
                }
                case 2 -> {
                    boolean expected = wanted.get(cid) == type;
                    assertThat(table.drop(cid, type)).describedAs(name).isEqualTo(expected);
                    wanted.remove(cid, type);
                }
                case 3 -> startAll();
                case 4 -> {
                    if (!running.isEmpty()) {
                        finish(running.get(random.nextInt(running.size())), switch (random.nextInt(4)) {
                            case 0 -> new OperationEvent.PutBack("away");
                            case 1 -> SUCCEEDED;
                            default -> new OperationEvent.Failed("why", random.nextInt(5) == 0
                                    ? Optional.empty()
                                    : Optional.of(now.plusSeconds(random.nextInt(20))));
                        });
                    }
                }
                default -> {
                    table.retryDue(now);
                    boolean _ = table.retry(cid, now);
                }
            }
        }

        private void startAll() {
            for (OperationType type : OperationType.values()) {
                for (Optional<Running> next = table.start(type, now); next.isPresent(); next = table
                        .start(type, now)) {
                    running.add(next.get());
                }
            }
        }

        private void finish(Running attempt, OperationEvent event) {
            running.remove(attempt);
            Cid cid = attempt.operation().cid();
            switch (table.finish(attempt, event, now)) {
                case DONE -> {
                    if (table.get(cid).isEmpty()) {
                        wanted.remove(cid);
                    }
                }
                case EVICTED -> wanted.remove(cid);
                case KEPT, SUPERSEDED -> {
                }
            }
            // a failed operation without a next try stays until somebody asks
            if (event instanceof OperationEvent.Failed) {
                boolean _ = table.retry(cid, now);
            }
        }

        private void check() {
            Map<Cid, OperationType> present = new HashMap<>();
            table.find(_ -> true).forEach(flight -> present.put(flight.operation().cid(), flight.operation().type()));
            assertThat(present).describedAs(name).isEqualTo(wanted);
            assertThat(running.stream().map(attempt -> attempt.operation().cid())).describedAs(name)
                    .doesNotHaveDuplicates();
            assertThat(running.stream().filter(attempt -> attempt.operation().type() == PIN)).describedAs(name)
                    .hasSizeLessThanOrEqualTo(3);
            assertThat(running.stream().filter(attempt -> attempt.operation().type() == UNPIN)).describedAs(name)
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    private Admission want(int number, OperationType type) {
        return table.want(cid(number), type, Lane.RECENT, NOON);
    }

    private Running start(OperationType type) {
        return table.start(type, NOON).orElseThrow();
    }

    private static Cid cid(int number) {
        return Cid.raw(Bytes.copyOf(new byte[]{(byte) number}));
    }
}
