package io.pinfold.follower.tracker;

import io.pinfold.chain.core.Pin;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pinfold.follower.tracker.TrackerRig.MARK;
import static io.pinfold.follower.tracker.TrackerRig.cid;
import static org.assertj.core.api.Assertions.assertThat;

/** What the tracker pins, tries again, and says of it. */
class PinTrackerTest extends PinTrackerFixture {

    @Test
    void pinsWhatIsTracked() {
        rig.start();
        rig.pin(Pin.of(A).withName("a name"));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNING);
        rig.settle();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        assertThat(rig.target.held).containsEntry(A, new TestTarget.Held(PinDepth.Kind.RECURSIVE, MARK + "a name"));
        assertThat(rig.tracker.metrics().items().pinned()).isEqualTo(1);
    }

    @Test
    void pinsLetABurstOfChangesPass() {
        rig.with(TrackerRig.config(10, 2, 1000, Duration.ofMillis(100))).start();
        rig.pin(A);
        rig.pass(Duration.ofMillis(60));
        rig.pin(B);
        rig.pass(Duration.ofMillis(60));
        assertThat(rig.target.held).isEmpty();
        rig.unpin(A);
        rig.pass(Duration.ofMillis(40));
        assertThat(rig.target.held).containsOnlyKeys(B);
        assertThat(rig.status(B)).isEqualTo(TrackerStatus.PINNED);
    }

    @Test
    void pinsWhatTheStartFindsMissing() {
        rig.pinset.put(rig.entry(Pin.of(A)));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PIN_QUEUED);
        rig.start();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        assertThat(rig.target.held).containsKey(A);
    }

    @Test
    void whatTheVolunteerHadPinnedIsLeftAsItIs() {
        rig.volunteerPins(A);
        rig.start();
        rig.pin(A);
        rig.settle();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        rig.unpin(A);
        rig.pass(Duration.ofHours(1));
        assertThat(rig.target.of(A).name()).isEqualTo("mine");
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPINNED);
        assertThat(rig.tracker.metrics().removals().total()).isZero();
    }

    @Test
    void failedPinIsTriedAgainLaterAndLater() {
        rig.start();
        rig.target.beforePin = _ -> Optional.of(
                new PinOutcome.Failed(new BackendFailure(BackendFailure.Kind.NOT_FOUND, "nobody has it")));
        rig.pin(A);
        rig.settle();
        ItemStatus failed = rig.tracker.status(A);
        assertThat(failed.status()).isEqualTo(TrackerStatus.PIN_ERROR);
        assertThat(failed.error()).isEqualTo("nobody has it");
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.nextTry()).contains(rig.time.instant().plusSeconds(1));
        rig.pass(Duration.ofSeconds(1 + 2 + 4 + 8));
        assertThat(rig.tracker.status(A).attempts()).isEqualTo(5);
        assertThat(rig.target.pinCalls).extracting(call -> call.stallTimeout().toSeconds())
                .containsExactly(20L, 40L, 80L, 120L, 120L);
        rig.target.beforePin = _ -> Optional.empty();
        rig.pass(Duration.ofSeconds(16));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        assertThat(rig.tracker.metrics().totals().retries()).isEqualTo(5);
    }

    @Test
    void whatCannotBePinnedIsNotTriedAgainByItself() {
        rig.start();
        Pin pin = Pin.of(A);
        rig.pin(new Pin(A, pin.type(), "", 2, pin.replication(), pin.userAllocations(), pin.allocations(),
                pin.reference(), pin.expireAt(), pin.metadata(), pin.origins(), pin.pinUpdate(), pin.size()));
        rig.pass(Duration.ofHours(3));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PIN_ERROR);
        assertThat(rig.tracker.status(A).error()).isEqualTo("no limited depth");
        assertThat(rig.target.pinCalls).hasSize(1);
        rig.pin(A);
        rig.settle();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
    }

    @Test
    void awayBackendBurnsNoAttempts() {
        rig.target.away = true;
        rig.start();
        rig.pin(A);
        rig.pass(Duration.ofMinutes(30));
        ItemStatus waiting = rig.tracker.status(A);
        assertThat(waiting.status()).isEqualTo(TrackerStatus.PIN_QUEUED);
        assertThat(waiting.error()).contains("does not answer");
        assertThat(waiting.attempts()).isZero();
        assertThat(rig.tracker.metrics().backend().outage()).isPresent();
        assertThat(rig.target.pinCalls).hasSizeLessThanOrEqualTo(1);
        int asked = rig.target.statusCalls.get();
        assertThat(asked).isBetween(20, 40);
        rig.target.away = false;
        rig.pass(Duration.ofSeconds(65));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        assertThat(rig.tracker.metrics().backend().outage()).isEmpty();
    }

    @Test
    void pinnedItemsOfAnAwayBackendAreShownAsLastKnown() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.target.away = true;
        rig.pass(Duration.ofSeconds(61));
        ItemStatus status = rig.tracker.status(A);
        assertThat(status.status()).isEqualTo(TrackerStatus.PINNED);
        assertThat(status.error()).startsWith("as last known: the IPFS node does not answer since");
        assertThat(rig.tracker.statusNow(A).error()).startsWith("as last known:");
        rig.target.away = false;
        rig.pass(Duration.ofSeconds(65));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        assertThat(rig.tracker.status(A).error()).isEmpty();
    }

    @Test
    void itemsOfABackendThatNeverAnsweredAreUnknown() {
        rig.pinset.put(rig.entry(Pin.of(A)));
        rig.target.away = true;
        rig.start();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.CLUSTER_ERROR);
        assertThat(rig.tracker.status(A).error()).startsWith("the IPFS node does not answer since");
    }

    @Test
    void statusNeedsNoBackend() {
        rig.start();
        rig.pin(A);
        rig.settle();
        int asked = rig.target.statusCalls.get() + rig.target.listCalls.get();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        assertThat(rig.status(B)).isEqualTo(TrackerStatus.UNPINNED);
        assertThat(rig.statuses()).hasSize(1);
        assertThat(rig.target.statusCalls.get() + rig.target.listCalls.get()).isEqualTo(asked);
    }

    @Test
    void filterChoosesWithoutLookingTwice() {
        rig.start();
        rig.target.beforePin = request -> request.cid().equals(B)
                ? Optional.of(new PinOutcome.Failed(TestTarget.failure(BackendFailure.Kind.NOT_FOUND)))
                : Optional.empty();
        rig.pin(A);
        rig.pin(B);
        rig.settle();
        Cid running = cid("running");
        rig.pin(running);
        assertThat(rig.statuses()).hasSize(3);
        assertThat(rig.statuses(TrackerStatus.PIN_ERROR)).extracting(ItemStatus::cid).containsExactly(B);
        assertThat(rig.statuses(TrackerStatus.PINNED)).extracting(ItemStatus::cid).containsExactly(A);
        assertThat(rig.statuses(TrackerStatus.UNEXPECTEDLY_UNPINNED)).isEmpty();
        assertThat(rig.statuses(TrackerStatus.PINNED, TrackerStatus.PINNING)).extracting(ItemStatus::cid)
                .containsExactlyInAnyOrder(A, running);
    }
}
