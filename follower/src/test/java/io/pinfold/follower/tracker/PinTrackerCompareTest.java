package io.pinfold.follower.tracker;

import io.pinfold.chain.core.Pin;
import io.pinfold.follower.tracker.reconcile.CompareOutcome;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.multiformats.Cid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static io.pinfold.follower.tracker.TrackerRig.cid;
import static org.assertj.core.api.Assertions.assertThat;

/** What the tracker concludes from a list of the backend, and what not. */
class PinTrackerCompareTest extends PinTrackerFixture {

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
}
