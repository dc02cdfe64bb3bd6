package io.pinfold.follower.pins;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.testing.MemoryIntakeLog;
import io.pinfold.chain.testing.MemoryPinStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Three trusted peers and a follower, each with a state and an intake of its own. */
class ExpiredPinsTest {

    private static final int KEYS = 3;

    private final ManualClock clock = new ManualClock();
    private final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    private final TestChains chains = new TestChains(1, 2, 3);
    private final List<Member> members = IntStream.rangeClosed(1, KEYS + 1).mapToObj(Member::new).toList();
    private boolean writable = true;

    private final class Member {

        private final PeerId id;
        private final MemoryPinStore state = new MemoryPinStore(chains.chainId(), 10);
        private final MemoryIntakeLog log = new MemoryIntakeLog();
        private final Intake intake;
        private final ExpiredPins expired;

        private Member(int key) {
            id = TestKeys.peerId(key);
            intake = new Intake(log, id, key <= KEYS, chains.genesis(), 0, () -> {});
            expired = new ExpiredPins(id, chains.genesis().keys().publishers(), state, intake, () -> writable, clock);
        }

        private List<Cid> unpinned() {
            return log.pending()
                    .stream()
                    .map(IntakeEntry::op)
                    .filter(LogOp.UnpinOp.class::isInstance)
                    .map(op -> ((LogOp.UnpinOp) op).cid())
                    .toList();
        }
    }

    private void pinEverywhere(Pin... pins) {
        for (Member member : members) {
            StateMark before = member.state.mark();
            long height = before.height() + 1;
            List<PinChange> changes = new ArrayList<>();
            for (Pin pin : pins) {
                changes.add(new PinChange(pin.cid(), Optional.of(new PinEntry(pin, height, now.toEpochMilli()))));
            }
            member.state.apply(new BlockEffect(before.point(),
                    new StateMark(new ChainPoint(height, TestCids.cid(1_000_000 + (int) height)), now.toEpochMilli(),
                            before.trust(), 0, before.sequences()),
                    changes));
        }
    }

    private static Pin expiring(int number, Instant when) {
        Pin pin = Pin.of(TestCids.cid(number));
        return new Pin(pin.cid(), pin.type(), "n", -1, pin.replication(), List.of(), List.of(), Optional.empty(),
                Optional.of(when), pin.metadata(), List.of(), Optional.empty(), pin.size());
    }

    @Test
    void each_expired_pin_is_unpinned_by_exactly_one_of_the_trusted_peers() {
        Pin[] pins = IntStream.range(0, 300)
                .mapToObj(i -> expiring(i, now.plusSeconds(i < 200 ? 60 : 3_600)))
                .toArray(Pin[]::new);
        pinEverywhere(pins);
        members.forEach(member -> assertThat(member.expired.round()).isZero());
        clock.advance(Duration.ofSeconds(60));
        members.forEach(member -> member.expired.round());
        List<Cid> all = members.stream().flatMap(member -> member.unpinned().stream()).toList();
        assertThat(all).hasSize(200).doesNotHaveDuplicates();
        assertThat(members.subList(0, KEYS)).allSatisfy(
                member -> assertThat(member.unpinned().size()).as("the work is spread").isBetween(30, 110));
        assertThat(members.getLast().unpinned()).as("a follower writes nothing").isEmpty();
        members.forEach(member -> assertThat(member.expired.round()).as("again").isZero());
    }

    @Test
    void whoever_is_silent_is_followed_by_the_next_after_a_turn() {
        pinEverywhere(expiring(7, now));
        List<Member> order = members.subList(0, KEYS)
                .stream()
                .sorted((a, b) -> RendezvousChoice.weight(TestCids.cid(7), b.id)
                        .compareTo(RendezvousChoice.weight(TestCids.cid(7), a.id)))
                .toList();
        clock.advance(Duration.ofSeconds(1));
        assertThat(order.get(1).expired.round()).isZero();
        clock.advance(ExpiredPins.TURN);
        assertThat(order.get(2).expired.round()).isZero();
        assertThat(order.get(1).expired.round()).isEqualTo(1);
        clock.advance(ExpiredPins.TURN);
        assertThat(order.get(2).expired.round()).isEqualTo(1);
    }

    @Test
    void a_pin_that_is_being_pinned_again_stays() {
        pinEverywhere(expiring(7, now));
        clock.advance(Duration.ofHours(1));
        for (Member member : members) {
            var _ = member.intake.submit(new LogOp.PinOp(Pin.of(TestCids.cid(7))), Optional.empty(), clock.millis());
            assertThat(member.expired.round()).isZero();
        }
    }

    @Test
    void who_may_not_write_leaves_it_to_others() {
        pinEverywhere(expiring(7, now));
        clock.advance(Duration.ofHours(1));
        writable = false;
        members.forEach(member -> assertThat(member.expired.round()).isZero());
    }
}
