package io.pinfold.follower.tracker;

import io.pinfold.chain.core.Pin;
import io.pinfold.follower.tracker.reconcile.CompareOutcome;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Cid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.pinfold.follower.tracker.TrackerRig.MARK;
import static io.pinfold.follower.tracker.TrackerRig.cid;
import static org.assertj.core.api.Assertions.assertThat;

class PinTrackerTest {

    private static final Cid A = cid("a");
    private static final Cid B = cid("b");

    @TempDir
    Path folder;

    private TrackerRig rig;

    @BeforeEach
    void makeRig() {
        rig = new TrackerRig(folder, 1);
    }

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
    void unpinWaitsForTheDelay() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(59));
        assertThat(rig.target.held).containsKey(A);
        ItemStatus waiting = rig.tracker.status(A);
        assertThat(waiting.status()).isEqualTo(TrackerStatus.UNPIN_QUEUED);
        assertThat(waiting.error()).contains("confirmed");
        assertThat(waiting.nextTry()).contains(rig.time.instant().plusSeconds(1));
        rig.pass(Duration.ofSeconds(7));
        assertThat(rig.target.held).isEmpty();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPINNED);
    }

    @Test
    void confirmedUnpinRunsAtOnce() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.standing.confirmed = rig.standing.height;
        rig.tracker.chainMoved();
        rig.pass(Duration.ofMillis(200));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void pinAgainCancelsTheRemoval() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(30));
        rig.pin(A);
        rig.pass(Duration.ofHours(1));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
    }

    @Test
    void unpinSurvivesACrash() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(30));
        rig.crash();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPIN_QUEUED);
        rig.pass(Duration.ofSeconds(66));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void unpinThatNobodyToldOfIsFoundByTheMark() {
        rig.start();
        rig.pin(A);
        rig.volunteerPins(B);
        rig.settle();
        rig.pinset.pins.remove(A);
        rig.crash();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPIN_QUEUED);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.target.held).containsOnlyKeys(B);
        assertThat(rig.target.unpinCalls).containsExactly(A);
    }

    @Test
    void staleFollowerRemovesNothing() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.standing.stale = true;
        rig.unpin(A);
        rig.pass(Duration.ofHours(2));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.tracker.status(A).error()).contains("no trusted peer");
        rig.standing.stale = false;
        rig.tracker.chainMoved();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void stateThatIsRebuiltRemovesNothing() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.pinset.pins.clear();
        rig.standing.behind = true;
        rig.crash();
        rig.pass(Duration.ofHours(3));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.tracker.metrics().removals().total()).isZero();
        rig.pin(A);
        rig.standing.behind = false;
        rig.pass(Duration.ofHours(1));
        assertThat(rig.target.held).containsKey(A);
    }

    @Test
    void massOfRemovalsIsShownAndWaits() {
        rig.start();
        for (int i = 0; i < 200; i++) {
            rig.pin(cid("item " + i));
        }
        rig.settle();
        rig.standing.confirmed = Long.MAX_VALUE;
        for (int i = 0; i < 101; i++) {
            rig.unpin(cid("item " + i));
        }
        rig.pass(Duration.ofHours(2));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.tracker.metrics().removals().mass()).isEqualTo(101);
        assertThat(rig.statuses(TrackerStatus.UNPIN_QUEUED)).hasSize(101)
                .allMatch(status -> status.error().contains("too many removals"));
        rig.standing.anchored = rig.standing.height;
        rig.tracker.chainMoved();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.target.held).hasSize(99);
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
    void aComparisonThatFindsTheDiskFullConcludesNothing() throws Exception {
        TrackerConfig usual = rig.config;
        TrackerConfig.Compare sorting = usual.compare();
        rig.with(new TrackerConfig(usual.work(), usual.retry(),
                new TrackerConfig.Compare(sorting.interval(), sorting.retry(), sorting.listStall(),
                        sorting.statusDeadline(), sorting.markChecks(), sorting.missingBound(), 1024, 2048),
                usual.backend(), usual.removal()));
        for (int i = 0; i < 500; i++) {
            Cid cid = TrackerRig.cid("item " + i);
            rig.pinset.put(rig.entry(Pin.of(cid)));
            rig.volunteerPins(cid);
        }
        rig.volunteerPins(A);
        rig.start();
        CompletableFuture<CompareOutcome> outcome = rig.tracker.sync();
        rig.pass(Duration.ofMinutes(1));
        assertThat(outcome.get()).isInstanceOfSatisfying(CompareOutcome.Failed.class,
                failed -> assertThat(failed.cause()).isEqualTo(CompareOutcome.Cause.DISK));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.target.pinCalls).isEmpty();
        assertThat(rig.status(TrackerRig.cid("item 1"))).isEqualTo(TrackerStatus.CLUSTER_ERROR);
        assertThat(rig.tracker.status(TrackerRig.cid("item 1")).error()).contains("2048 bytes on disk");
        try (Stream<Path> files = Files.list(rig.folder)) {
            assertThat(files).noneMatch(path -> path.toString().endsWith(".spill"));
        }
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
    void failedUnpinIsTriedAgainAndShown() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.target.beforeUnpin = _ -> Optional.of(
                new UnpinOutcome.Failed(new BackendFailure(BackendFailure.Kind.REFUSED, "locked")));
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(66));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPIN_ERROR);
        assertThat(rig.tracker.status(A).error()).isEqualTo("locked");
        rig.target.beforeUnpin = _ -> Optional.empty();
        assertThat(rig.tracker.recover(A).status()).isEqualTo(TrackerStatus.UNPINNING);
        rig.settle();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPINNED);
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
    void lostPinIsFoundByTheNextComparison() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.target.held.clear();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.target.held).containsKey(A);
    }

    @Test
    void directPinsAreComparedToo() {
        rig.pinset.put(rig.entry(direct(A)));
        rig.start();
        assertThat(rig.target.of(A).depth()).isEqualTo(PinDepth.Kind.DIRECT);
        rig.pass(Duration.ofMinutes(25));
        assertThat(rig.target.pinCalls).hasSize(1);
        rig.target.held.clear();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.target.of(A).depth()).isEqualTo(PinDepth.Kind.DIRECT);
    }

    @Test
    void directPinBecomesRecursiveAndBack() {
        rig.start();
        rig.pin(direct(A));
        rig.settle();
        rig.pin(A);
        rig.settle();
        assertThat(rig.target.of(A).depth()).isEqualTo(PinDepth.Kind.RECURSIVE);
        rig.pin(direct(A));
        rig.settle();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        rig.pass(Duration.ofMinutes(13));
        assertThat(rig.target.of(A).depth()).isEqualTo(PinDepth.Kind.DIRECT);
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
    }

    @Test
    void listThatIsCutShortProvesNothing() {
        rig.start();
        for (int i = 0; i < 20; i++) {
            rig.pin(cid("item " + i));
        }
        rig.settle();
        rig.pinset.pins.remove(cid("item 0"));
        rig.target.held.remove(cid("item 1"));
        int pins = rig.target.pinCalls.size();
        rig.target.cutListAfter = 20;
        rig.pass(Duration.ofHours(2));
        assertThat(rig.target.pinCalls).hasSize(pins);
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.tracker.metrics().backend().failure()).isPresent();
        rig.target.cutListAfter = -1;
        rig.pass(Duration.ofMinutes(12));
        assertThat(rig.target.held).containsKey(cid("item 1")).doesNotContainKey(cid("item 0"));
    }

    @Test
    void remoteItemsAreLeftToOthersAndRemovedOnlyIfOurs() {
        rig.start();
        Cid volunteers = cid("volunteer's");
        rig.volunteerPins(volunteers);
        rig.pin(A);
        rig.settle();
        rig.duty = _ -> Wish.REMOTE;
        rig.pin(B);
        rig.pin(volunteers);
        rig.settle();
        assertThat(rig.status(B)).isEqualTo(TrackerStatus.REMOTE);
        assertThat(rig.target.pinCalls).hasSize(1);
        assertThat(rig.target.unpinCalls).isEmpty();
        rig.pass(Duration.ofMinutes(13));
        assertThat(rig.target.held).containsOnlyKeys(volunteers);
        assertThat(rig.target.unpinCalls).containsExactly(A);
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.REMOTE);
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

    static Pin direct(Cid cid) {
        Pin pin = Pin.of(cid);
        return new Pin(cid, pin.type(), pin.name(), 0, pin.replication(), pin.userAllocations(), pin.allocations(),
                pin.reference(), pin.expireAt(), pin.metadata(), pin.origins(), pin.pinUpdate(), pin.size());
    }
}
