package io.pinfold.follower.tracker;

import ch.qos.logback.classic.Level;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The tracker on threads of its own: what runs at once, and what is cancelled. */
class TrackerThreadsTest {

    private static final Cid A = TrackerRig.cid("a");
    private static final int PINS = 4;

    @TempDir
    private Path folder;
    private final CountedThreads threads = new CountedThreads();
    private TrackerRig rig;

    @BeforeEach
    void rig() {
        rig = new TrackerRig(folder, 1).with(TrackerRig.config(PINS, 2, 1000));
        rig.tracker = rig.create(threads);
    }

    @AfterEach
    void close() {
        rig.tracker.close();
        threads.close();
    }

    @Test
    void neverMorePinsAtOnceThanWorkersAndAllOfThemGetTheirTurn() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore begun = new Semaphore(0);
        Semaphore turns = new Semaphore(0);
        rig.target.beforePin = _ -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            begun.release();
            turns.acquireUninterruptibly();
            running.decrementAndGet();
            return Optional.empty();
        };
        rig.tracker.start();
        for (int i = 0; i < 40; i++) {
            rig.pin(TrackerRig.cid("item " + i));
        }
        assertThat(begun.tryAcquire(PINS, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(rig.statuses(TrackerStatus.PINNING)).hasSize(PINS);
        turns.release(40);
        threads.awaitIdle();
        assertThat(rig.target.held).hasSize(40);
        assertThat(most.get()).isEqualTo(PINS);
    }

    @Test
    void theOppositeOperationCancelsThePinThatRuns() throws InterruptedException {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        rig.target.beforePin = request -> hang(request, inFlight, cancelled);
        rig.tracker.start();
        rig.pin(A);
        assertThat(inFlight.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNING);
        rig.unpin(A);
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).as("the request is closed").isTrue();
        threads.awaitIdle();
        assertThat(rig.status(A)).isNotEqualTo(TrackerStatus.PINNING);
        assertThat(rig.target.held).isEmpty();
        rig.target.beforePin = _ -> Optional.empty();
        rig.pin(A);
        threads.awaitIdle();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        assertThat(rig.target.held).containsKey(A);
    }

    @Test
    void closingEndsWhatRunsAndReturnsAfterIt() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        rig.target.beforePin = request -> hang(request, inFlight, cancelled);
        rig.tracker.start();
        rig.pin(A);
        assertThat(inFlight.await(10, TimeUnit.SECONDS)).isTrue();
        rig.tracker.close();
        assertThat(cancelled.getCount()).isZero();
        int calls = rig.target.pinCalls.size();
        rig.pin(TrackerRig.cid("late"));
        rig.time.step(Duration.ofHours(1));
        assertThat(rig.target.pinCalls).hasSize(calls);
    }

    @Test
    void aComparisonThatClosingInterruptsIsNoWarning() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        rig.target.beforeList = () -> hang(inFlight);
        try (LogLines lines = LogLines.of(PinTracker.class.getPackageName())) {
            rig.tracker.start();
            assertThat(inFlight.await(10, TimeUnit.SECONDS)).isTrue();
            rig.tracker.close();
            assertThat(lines.from(Level.DEBUG)).anyMatch(line -> line.contains("could not be compared (INTERRUPTED)"));
            assertThat(lines.from(Level.WARN)).isEmpty();
        }
    }

    private static Optional<ListOutcome> hang(CountDownLatch inFlight) {
        inFlight.countDown();
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("never");
        } catch (InterruptedException e) {
            return Optional.of(new ListOutcome.Incomplete(0, TestTarget.failure(BackendFailure.Kind.CANCELLED)));
        }
    }

    private static Optional<PinOutcome> hang(PinRequest request, CountDownLatch inFlight, CountDownLatch cancelled) {
        inFlight.countDown();
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("never: " + request);
        } catch (InterruptedException e) {
            cancelled.countDown();
            return Optional.of(new PinOutcome.Failed(TestTarget.failure(BackendFailure.Kind.CANCELLED)));
        }
    }
}
