package io.pinfold.follower.pins;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Pin;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.Replication;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.trust.KeySet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PinMakerTest {

    private static final Cid CID = TestCids.cid(1);
    private static final Instant NOW = ManualClock.START;
    private static final List<PeerId> MEMBERS = IntStream.range(1, 6).mapToObj(TestKeys::peerId).toList();

    private final Map<Cid, Pin> pinset = new HashMap<>();
    private final PinMaker maker = new PinMaker(
            Genesis.of("test", Bytes.copyOf(new byte[Genesis.NONCE_BYTES]), KeySet.of(List.of(TestKeys.peerId(1)))),
            cid -> Optional.ofNullable(pinset.get(cid)));

    @Test
    void withoutOptionsEverybodyHoldsAllOfIt() {
        assertThat(make(PinOptions.DEFAULT)).isEqualTo(Answer.done(Pin.of(CID)));
    }

    @Test
    void factorsChooseMembersAndHonourWishes() {
        PeerId wished = TestKeys.peerId(4);
        PinOptions options = options(PinMode.RECURSIVE, Replication.between(2, 3),
                List.of(wished, TestKeys.peerId(77)));
        Pin pin = done(make(options));
        assertThat(pin.allocations()).hasSize(3).contains(wished).isSubsetOf(MEMBERS);
        assertThat(done(make(options))).as("the same again").isEqualTo(pin);
        assertThat(failure(make(options(PinMode.RECURSIVE, Replication.between(6, 7), List.of()))))
                .isInstanceOf(Failure.Invalid.class);
        assertThat(done(make(options(PinMode.RECURSIVE, Replication.between(2, 9), List.of()))).allocations())
                .hasSize(5);
    }

    @Test
    void factorsThatMakeNoSenseAreRefused() {
        assertThat(failure(make(options(PinMode.RECURSIVE, Replication.between(3, 2), List.of()))).sentence())
                .contains("above");
        assertThat(failure(make(options(PinMode.RECURSIVE, Replication.between(-1, 2), List.of()))).sentence())
                .contains("both");
    }

    @Test
    void aRecursivePinIsNotMadeDirect() {
        assertThat(done(make(options(PinMode.DIRECT, Replication.DEFAULT, List.of()))).maxDepth()).isZero();
        pinset.put(CID, Pin.of(CID));
        assertThat(failure(make(options(PinMode.DIRECT, Replication.DEFAULT, List.of()))).sentence()).contains("unpin");
    }

    @Test
    void anUpdateTakesTheOldPinsOptions() {
        Cid old = TestCids.cid(2);
        PinOptions options = new PinOptions("", PinMode.RECURSIVE, Replication.DEFAULT, 0, List.of(), Optional.empty(),
                new TreeMap<>(), Optional.of(old), List.of());
        assertThat(failure(make(options))).isEqualTo(new Failure.NotInPinset(old));
        pinset.put(old, Pin.of(old).withName("kept"));
        assertThat(done(make(options)).name()).isEqualTo("kept");
        assertThat(done(make(options)).pinUpdate()).contains(old);
    }

    @Test
    void anExpiryLiesInTheFuture() {
        PinOptions past = new PinOptions("", PinMode.RECURSIVE, Replication.DEFAULT, 0, List.of(), Optional.of(NOW),
                new TreeMap<>(), Optional.empty(), List.of());
        assertThat(failure(make(past)).sentence()).contains("future");
        PinOptions later = new PinOptions("", PinMode.RECURSIVE, Replication.DEFAULT, 0, List.of(),
                Optional.of(NOW.plusNanos(1_500_000)), new TreeMap<>(), Optional.empty(), List.of());
        assertThat(done(make(later)).expireAt()).contains(NOW.plusMillis(1));
    }

    private Answer<Pin> make(PinOptions options) {
        return maker.make(CID, options, MEMBERS, NOW);
    }

    private static PinOptions options(PinMode mode, Replication replication, List<PeerId> wished) {
        return new PinOptions("", mode, replication, 0, wished, Optional.empty(), new TreeMap<>(), Optional.empty(),
                List.of());
    }

    private static Pin done(Answer<Pin> answer) {
        return answer instanceof Answer.Done<Pin>(Pin pin)
                ? pin
                : org.assertj.core.api.Assertions.fail("failed: " + answer);
    }

    private static Failure failure(Answer<Pin> answer) {
        return answer instanceof Answer.Failed<Pin>(Failure failure)
                ? failure
                : org.assertj.core.api.Assertions.fail("done: " + answer);
    }
}
