package io.pinfold.follower.tracker.operation;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OperationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Cid CID = Cid.raw(Bytes.EMPTY);
    private static final Operation QUEUED = Operation.queued(CID, OperationType.PIN, Lane.RECENT, NOON);

    private static final Map<Phase, Map<Class<? extends OperationEvent>, Phase>> TRANSITIONS = Map.of(
            Phase.QUEUED, Map.of(OperationEvent.Started.class, Phase.IN_PROGRESS),
            Phase.IN_PROGRESS, Map.of(
                    OperationEvent.Succeeded.class, Phase.DONE,
                    OperationEvent.Failed.class, Phase.ERROR,
                    OperationEvent.PutBack.class, Phase.QUEUED),
            Phase.ERROR, Map.of(OperationEvent.Due.class, Phase.QUEUED),
            Phase.DONE, Map.of());

    private static final List<OperationEvent> EVENTS = List.of(new OperationEvent.Started(),
            new OperationEvent.Succeeded(), new OperationEvent.Failed("why", Optional.of(NOON)),
            new OperationEvent.PutBack("away"), new OperationEvent.Due());

    @Test
    void everyEventInEveryPhase() {
        Map<Phase, Operation> operations = new HashMap<>();
        operations.put(Phase.QUEUED, QUEUED);
        Operation started = QUEUED.on(new OperationEvent.Started(), NOON);
        operations.put(Phase.IN_PROGRESS, started);
        operations.put(Phase.DONE, started.on(new OperationEvent.Succeeded(), NOON));
        operations.put(Phase.ERROR, started.on(new OperationEvent.Failed("why", Optional.empty()), NOON));
        operations.forEach((phase, operation) -> {
            assertThat(operation.phase()).isEqualTo(phase);
            for (OperationEvent event : EVENTS) {
                Phase next = TRANSITIONS.getOrDefault(phase, Map.of()).get(event.getClass());
                if (next == null) {
                    assertThatThrownBy(() -> operation.on(event, NOON)).isInstanceOf(IllegalStateException.class);
                } else {
                    assertThat(operation.on(event, NOON).phase()).isEqualTo(next);
                }
            }
        });
    }

    @Test
    void attemptsAreCountedUnlessPutBack() {
        Operation operation = QUEUED;
        for (int attempt = 1; attempt <= 3; attempt++) {
            Operation away = operation.on(new OperationEvent.Started(), NOON)
                    .on(new OperationEvent.PutBack("away"), NOON);
            assertThat(away.attempts()).isEqualTo(attempt - 1);
            assertThat(away.error()).isEqualTo("away");
            Operation failed = away.on(new OperationEvent.Started(), NOON)
                    .on(new OperationEvent.Failed("why", Optional.of(NOON)), NOON.plusSeconds(1));
            assertThat(failed.attempts()).isEqualTo(attempt);
            assertThat(failed.nextTry()).contains(NOON);
            assertThat(failed.since()).isEqualTo(NOON.plusSeconds(1));
            operation = failed.on(new OperationEvent.Due(), NOON);
            assertThat(operation.lane()).isEqualTo(Lane.RETRIED);
            assertThat(operation.nextTry()).isEmpty();
            assertThat(operation.error()).isEqualTo("why");
        }
    }

    @Test
    void retriesWaitTwiceAsLongEachTimeUpToABound() {
        RetryDelay delay = new RetryDelay(Duration.ofSeconds(10), Duration.ofMinutes(5), 0);
        SplittableRandom random = new SplittableRandom(1);
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(attempt -> delay.after(attempt, random).toSeconds()))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
        assertThat(delay.after(Integer.MAX_VALUE, random)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void jitterSpreadsRetries() {
        RetryDelay delay = new RetryDelay(Duration.ofSeconds(10), Duration.ofMinutes(5), 0.2);
        SplittableRandom random = new SplittableRandom(1);
        List<Long> waits = IntStream.range(0, 1000).mapToObj(_ -> delay.after(1, random).toMillis()).toList();
        assertThat(waits).allMatch(wait -> wait >= 8000 && wait <= 12_000);
        assertThat(waits).anyMatch(wait -> wait < 8500).anyMatch(wait -> wait > 11_500);
    }

    @Test
    void senselessDelaysAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RetryDelay(Duration.ZERO, second, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryDelay(second, Duration.ofMillis(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryDelay(second, second, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
