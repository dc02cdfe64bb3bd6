package io.pinfold.follower.tracker;

import io.pinfold.chain.core.Pin;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Random lives of a tracker against a plain model: pins, unpins, events that get lost, failing backends and disks,
 * volunteers who pin by themselves, crashes. Whatever happens, nothing foreign and nothing wanted is removed, nothing
 * before its time; and when all is well again, the backend holds what the pinset wants and what is the volunteer's.
 */
class PinTrackerModelTest {

    private static final int LIVES = 20;
    private static final int STEPS = 250;
    private static final int CIDS = 25;
    private static final int STORY = 400;
    private static final List<BackendFailure.Kind> KINDS = List.of(BackendFailure.Kind.values());

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    @Test
    void backendFollowsThePinset() {
        for (int life = 0; life < LIVES; life++) {
            RandomGenerator random = seeds.generator("life " + life);
            try {
                new Life(folder, random).live();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("life " + life + " of " + seeds + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Life {

        private final RandomGenerator random;
        private final TrackerRig rig;
        private final List<Cid> cids = IntStream.range(0, CIDS).mapToObj(i -> TrackerRig.cid("item " + i)).toList();
        private final Set<Cid> volunteers = new HashSet<>();
        private final Set<Cid> remote = new HashSet<>();
        private final Map<Cid, Instant> unwantedSince = new HashMap<>();
        private final Map<Cid, Long> unwantedAt = new HashMap<>();
        private final ArrayDeque<String> story = new ArrayDeque<>();
        private boolean failing;
        private boolean diskWasFull;

        Life(Path folder, RandomGenerator random) {
            this.random = random;
            this.rig = new TrackerRig(folder, random.nextLong());
            rig.duty = entry -> remote.contains(entry.pin().cid()) ? Wish.REMOTE : Wish.HOLD;
            rig.with(TrackerRig.config(1 + random.nextInt(4), 1 + random.nextInt(2), 1 + random.nextInt(20)));
            rig.target.onRemoval = this::checkRemoval;
            rig.target.beforePin = request -> during(request.cid(),
                    () -> Optional.of(new PinOutcome.Failed(TestTarget.failure(any()))));
            rig.target.beforeUnpin = cid -> during(cid,
                    () -> Optional.of(new UnpinOutcome.Failed(TestTarget.failure(any()))));
        }

        void live() {
            rig.tracker.start();
            for (int step = 0; step < STEPS; step++) {
                act(random.nextInt(30));
                if (random.nextInt(3) == 0) {
                    rig.settle();
                }
            }
            heal();
            checkEnd();
        }

        /** Notes what happens, for the message of a failure. */
        private void tell(String what, Object of) {
            story.add(rig.time.instant() + " " + what + " " + of);
            if (story.size() > STORY) {
                story.remove();
            }
        }

        private void act(int what) {
            Cid cid = cids.get(random.nextInt(CIDS));
            tell("action " + what, cid);
            switch (what) {
                case 0, 1, 2, 3, 4, 5 -> pin(cid, random.nextInt(6) > 0);
                case 6, 7, 8, 9 -> unpin(cid, random.nextInt(6) > 0);
                case 10 -> volunteerPins(cid);
                case 11 -> volunteerUnpins(cid);
                case 12 -> rig.target.away = !rig.target.away;
                case 13 -> rig.target.cutListAfter = random.nextInt(20) - 10;
                case 14 -> failing = !failing;
                case 15 -> fillDisk(random.nextInt(3) == 0);
                case 16 -> rig.standing.stale = random.nextInt(3) == 0;
                case 17 -> rig.standing.behind = random.nextInt(3) == 0;
                case 18 -> confirm();
                case 19, 20, 21, 22, 23 -> rig.pass(Duration.ofSeconds(random.nextInt(40)));
                case 24 -> rig.pass(Duration.ofMinutes(random.nextInt(15)));
                case 25 -> crash();
                case 26, 27 -> rig.tracker.recoverAll(_ -> {});
                case 28 -> Optional.ofNullable(rig.pinset.pins.get(cid)).ifPresent(rig.tracker::track);
                case 29 -> allocate(cid);
                default -> throw new IllegalStateException();
            }
        }

        /** What happens in the midst of a call to the backend. */
        private <T> Optional<T> during(Cid busy, Supplier<Optional<T>> failure) {
            Cid other = random.nextBoolean() ? busy : cids.get(random.nextInt(CIDS));
            switch (random.nextInt(12)) {
                case 0 -> pin(other, true);
                case 1 -> {
                    // a change from recursive to direct that is under way is not stopped by an unpin
                    if (rig.pinset.get(busy).isEmpty() || !other.equals(busy)) {
                        unpin(other, true);
                    }
                }
                default -> {
                }
            }
            return failing && random.nextInt(2) == 0 ? failure.get() : Optional.empty();
        }

        private BackendFailure.Kind any() {
            return KINDS.get(random.nextInt(KINDS.size()));
        }

        private void pin(Cid cid, boolean tell) {
            remote.remove(cid);
            tell(tell ? "pin" : "silent pin", cid);
            if (tell) {
                // a removal that nobody told of the pin in between may be that of before
                wanted(cid);
            }
            Pin pin = random.nextInt(4) == 0 ? PinTrackerTest.direct(cid) : Pin.of(cid);
            if (tell) {
                rig.pin(pin);
            } else {
                rig.standing.height++;
                rig.pinset.put(rig.entry(pin));
            }
        }

        private void unpin(Cid cid, boolean tell) {
            tell(tell ? "unpin" : "silent unpin", cid);
            if (rig.pinset.pins.containsKey(cid)) {
                unwanted(cid, rig.standing.height + 1);
            }
            if (tell) {
                rig.unpin(cid);
            } else {
                rig.standing.height++;
                rig.pinset.pins.remove(cid);
            }
        }

        private void allocate(Cid cid) {
            if (rig.pinset.pins.containsKey(cid) && remote.add(cid)) {
                unwanted(cid, rig.standing.height);
                rig.tracker.track(rig.pinset.get(cid).orElseThrow());
            }
        }

        private void wanted(Cid cid) {
            unwantedSince.remove(cid);
            unwantedAt.remove(cid);
        }

        private void unwanted(Cid cid, long height) {
            unwantedSince.putIfAbsent(cid, rig.time.instant());
            unwantedAt.putIfAbsent(cid, height);
        }

        private void volunteerPins(Cid cid) {
            if (!rig.target.held.containsKey(cid)) {
                rig.volunteerPins(cid);
                volunteers.add(cid);
            }
        }

        private void volunteerUnpins(Cid cid) {
            rig.target.held.remove(cid);
            volunteers.remove(cid);
        }

        private void fillDisk(boolean full) {
            rig.log.full(full);
            diskWasFull |= full;
        }

        private void crash() {
            rig.crash();
            if (diskWasFull) {
                // what could not be written may be an earlier removal's end, so that it counts for a later one
                unwantedAt.replaceAll((_, _) -> 0L);
                diskWasFull = false;
            }
        }

        private void confirm() {
            rig.standing.confirmed = Math.max(rig.standing.confirmed, rig.standing.height - random.nextInt(20));
            rig.tracker.chainMoved();
        }

        private void checkRemoval(Cid cid) {
            String name = rig.target.of(cid).name();
            boolean direct = rig.pinset.get(cid).filter(entry -> entry.pin().maxDepth() == 0).isPresent();
            boolean wanted = rig.pinset.pins.containsKey(cid) && !remote.contains(cid);
            boolean mode = direct && rig.target.of(cid).depth() == PinDepth.Kind.RECURSIVE;
            if (volunteers.contains(cid) || !name.startsWith(TrackerRig.MARK)) {
                wrong("removed what is the volunteer's: " + cid);
            }
            if (wanted && !mode) {
                wrong("removed what is wanted: " + cid);
            }
            if (rig.standing.stale || rig.standing.behind) {
                wrong("removed although stale or behind: " + cid);
            }
            if (!wanted) {
                Instant since = unwantedSince.getOrDefault(cid, Instant.MAX);
                Duration age = Duration.between(since, rig.time.instant());
                long height = unwantedAt.getOrDefault(cid, Long.MAX_VALUE);
                if (age.compareTo(TrackerRig.DELAY) < 0 && height > rig.standing.confirmed) {
                    wrong("removed after " + age + ": " + cid);
                }
            }
        }

        private void wrong(String sentence) {
            fail(sentence + " (confirmed " + rig.standing.confirmed + ")\n" + String.join("\n", story));
        }

        private void heal() {
            rig.target.away = false;
            rig.target.cutListAfter = -1;
            failing = false;
            rig.log.full(false);
            rig.standing.stale = false;
            rig.standing.behind = false;
            rig.pass(Duration.ofMinutes(40));
        }

        private void checkEnd() {
            Map<Cid, String> expected = new HashMap<>();
            Map<Cid, String> actual = new HashMap<>();
            rig.target.held.forEach((cid, held) -> actual.put(cid, describe(held)));
            volunteers.forEach(cid -> expected.put(cid, describe(rig.target.of(cid))));
            rig.pinset.pins.forEach((cid, entry) -> {
                if (!remote.contains(cid) && !volunteers.contains(cid)) {
                    expected.put(cid, (entry.pin().maxDepth() == 0 ? "DIRECT" : "RECURSIVE") + " ours");
                }
            });
            assertThat(actual).isEqualTo(expected);
            assertThat(volunteers).allMatch(cid -> rig.target.of(cid).name().equals("mine"));
            List<Cid> listed = new ArrayList<>();
            rig.statuses().forEach(status -> {
                listed.add(status.cid());
                assertThat(status.status())
                        .isEqualTo(remote.contains(status.cid()) ? TrackerStatus.REMOTE : TrackerStatus.PINNED);
                assertThat(status.error()).isEmpty();
            });
            assertThat(listed).containsExactlyElementsOf(rig.pinset.pins.keySet());
            assertThat(rig.tracker.metrics().items().pinned())
                    .isEqualTo(rig.pinset.pins.keySet().stream().filter(cid -> !remote.contains(cid)).count());
            assertThat(rig.tracker.metrics().removals().total()).isZero();
        }

        private static String describe(TestTarget.Held held) {
            return held.depth() + (held.name().startsWith(TrackerRig.MARK) ? " ours" : " " + held.name());
        }
    }
}
