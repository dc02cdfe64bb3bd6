package io.pinfold.ipfs.testing;

import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.PinTarget;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What every backend must do; a test class for a backend extends it. */
@Timeout(60)
public abstract class PinTargetContract {

    /** The mark of the pins that these tests make. */
    protected static final String MARK = "pinfold/contract/";

    private static final Duration STALL = Duration.ofSeconds(20);
    private static final Duration SHORT_STALL = Duration.ofMillis(700);
    private static final PinDepth RECURSIVE = new PinDepth.Recursive();
    private static final PinDepth DIRECT = new PinDepth.Direct();

    private final SplittableRandom random = new SplittableRandom();

    /** A backend; it may hold pins of other tests. */
    protected abstract PinTarget target();

    /** The root of content that the backend can get, another one at each call. */
    protected abstract Cid content();

    /** Pins as the backend's owner would, past Pinfold. */
    protected abstract void pinByHand(Cid cid, PinDepth.Kind depth, String name);

    /** The root of content that nobody has. */
    protected final Cid missing() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Cid.raw(Bytes.copyOf(bytes));
    }

    @Test
    void pinnedContentIsPinnedUnderItsName() {
        Cid cid = content();
        assertThat(target().status(cid)).isEqualTo(new StatusOutcome.NotPinned());
        assertThat(pin(cid, RECURSIVE, "one")).isEqualTo(new PinOutcome.Pinned());
        assertThat(target().status(cid)).isEqualTo(pinned(PinDepth.Kind.RECURSIVE, "one"));
        assertThat(list(PinDepth.Kind.RECURSIVE)).contains(cid);
        assertThat(list(PinDepth.Kind.DIRECT)).doesNotContain(cid);
    }

    @Test
    void pinningAgainChangesNothing() {
        Cid cid = content();
        pin(cid, RECURSIVE, "one");
        assertThat(pin(cid, RECURSIVE, "two")).isEqualTo(new PinOutcome.AlreadyPinned());
        assertThat(target().status(cid)).isEqualTo(pinned(PinDepth.Kind.RECURSIVE, "one"));
    }

    @Test
    void directPinsAreListedByThemselves() {
        Cid cid = content();
        assertThat(pin(cid, DIRECT, "direct")).isEqualTo(new PinOutcome.Pinned());
        assertThat(target().status(cid)).isEqualTo(pinned(PinDepth.Kind.DIRECT, "direct"));
        assertThat(list(PinDepth.Kind.DIRECT)).contains(cid);
        assertThat(list(PinDepth.Kind.RECURSIVE)).doesNotContain(cid);
        assertThat(target().unpin(cid, MARK)).isEqualTo(new UnpinOutcome.Unpinned());
        assertThat(list(PinDepth.Kind.DIRECT)).doesNotContain(cid);
    }

    @Test
    void recursivePinTakesTheDirectOnesPlaceAndNotTheOtherWayRound() {
        Cid cid = content();
        pin(cid, DIRECT, "one");
        assertThat(pin(cid, RECURSIVE, "two")).isEqualTo(new PinOutcome.Pinned());
        assertThat(target().status(cid)).isEqualTo(pinned(PinDepth.Kind.RECURSIVE, "two"));
        assertThat(pin(cid, DIRECT, "three")).isEqualTo(new PinOutcome.AlreadyPinned());
        assertThat(target().status(cid)).isEqualTo(pinned(PinDepth.Kind.RECURSIVE, "two"));
    }

    @Test
    void ourPinIsRemovedOnce() {
        Cid cid = content();
        pin(cid, RECURSIVE, "one");
        assertThat(target().unpin(cid, MARK)).isEqualTo(new UnpinOutcome.Unpinned());
        assertThat(target().status(cid)).isEqualTo(new StatusOutcome.NotPinned());
        assertThat(target().unpin(cid, MARK)).isEqualTo(new UnpinOutcome.NotPinned());
        assertThat(list(PinDepth.Kind.RECURSIVE)).doesNotContain(cid);
    }

    @Test
    void pinsOfOthersStay() {
        for (String name : List.of("", "mine", "pinfold/other/x")) {
            Cid cid = content();
            pinByHand(cid, PinDepth.Kind.RECURSIVE, name);
            assertThat(pin(cid, RECURSIVE, "ours")).isEqualTo(new PinOutcome.AlreadyPinned());
            assertThat(target().unpin(cid, MARK)).isEqualTo(new UnpinOutcome.NotOurs(name));
            assertThat(target().status(cid)).isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, name));
        }
    }

    @Test
    void directPinOfSomebodyElseStaysTheirsWhenItGrows() {
        Cid cid = content();
        pinByHand(cid, PinDepth.Kind.DIRECT, "mine");
        assertThat(pin(cid, RECURSIVE, "ours")).isEqualTo(new PinOutcome.Pinned());
        assertThat(target().unpin(cid, MARK)).isEqualTo(new UnpinOutcome.NotOurs("mine"));
    }

    @Test
    void contentThatNobodyHasStallsAndLeavesNoPin() {
        Cid cid = missing();
        assertThat(failure(target().pin(request(cid, RECURSIVE, "x", SHORT_STALL), (blocks, bytes) -> {})))
                .isEqualTo(Kind.STALLED);
        assertThat(target().status(cid)).isEqualTo(new StatusOutcome.NotPinned());
    }

    @Test
    void limitedDepthIsEitherKeptOrRefused() {
        Cid cid = content();
        PinOutcome outcome = pin(cid, new PinDepth.Limited(1), "x");
        if (outcome instanceof PinOutcome.Unsupported) {
            assertThat(target().status(cid)).isEqualTo(new StatusOutcome.NotPinned());
        } else {
            assertThat(outcome).isEqualTo(new PinOutcome.Pinned());
            assertThat(target().status(cid)).isEqualTo(pinned(PinDepth.Kind.RECURSIVE, "x"));
            assertThat(pin(cid, RECURSIVE, "y")).as("more of it is wanted").isEqualTo(new PinOutcome.Pinned());
        }
    }

    @Test
    void interruptCallsAPinOff() throws Exception {
        Cid cid = missing();
        CompletableFuture<PinOutcome> outcome = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> outcome.complete(pin(cid, RECURSIVE, "x")));
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        assertThat(failure(outcome.get(20, TimeUnit.SECONDS))).isEqualTo(Kind.CANCELLED);
        assertThat(target().status(cid)).isEqualTo(new StatusOutcome.NotPinned());
    }

    @Test
    void listingSaysHowManyAndThatItIsWhole() {
        Set<Cid> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            Cid cid = content();
            made.add(cid);
            pin(cid, RECURSIVE, "x");
        }
        Set<Cid> seen = new HashSet<>();
        ListOutcome outcome = target().list(PinDepth.Kind.RECURSIVE, seen::add);
        assertThat(outcome).isEqualTo(new ListOutcome.Complete(seen.size()));
        assertThat(seen).containsAll(made);
    }

    @Test
    void progressIsHeard() {
        Set<Long> heard = new HashSet<>();
        target().pin(request(content(), RECURSIVE, "x", STALL), (blocks, bytes) -> heard.add(blocks));
        assertThat(heard).isNotEmpty().allMatch(blocks -> blocks >= 1);
    }

    /** Pins with a generous stall timeout. */
    protected final PinOutcome pin(Cid cid, PinDepth depth, String name) {
        return target().pin(request(cid, depth, name, STALL), (blocks, bytes) -> {});
    }

    private static PinRequest request(Cid cid, PinDepth depth, String name, Duration stall) {
        return new PinRequest(cid, depth, MARK + name, Optional.empty(), List.of(), stall);
    }

    private Set<Cid> list(PinDepth.Kind depth) {
        Set<Cid> roots = new HashSet<>();
        assertThat(target().list(depth, roots::add)).isInstanceOf(ListOutcome.Complete.class);
        return roots;
    }

    private static StatusOutcome pinned(PinDepth.Kind depth, String name) {
        return new StatusOutcome.Pinned(depth, MARK + name);
    }

    private static Kind failure(PinOutcome outcome) {
        assertThat(outcome).isInstanceOf(PinOutcome.Failed.class);
        return ((PinOutcome.Failed) outcome).failure().kind();
    }
}
