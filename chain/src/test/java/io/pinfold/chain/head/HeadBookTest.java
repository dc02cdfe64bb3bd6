package io.pinfold.chain.head;

import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.trust.KeySet;
import io.pinfold.trust.TrustedSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeadBookTest {

    private static final Instant NOW = ManualClock.START;

    private final HeadBook book = new HeadBook();

    @Test
    void aBlockIsConfirmedByThoseWhoStandOnIt() {
        book.put(head(1, 5, 5, NOW), NOW);
        book.put(head(2, 3, 3, NOW), NOW);
        book.put(head(3, 4, 99, NOW), NOW);
        assertThat(book.confirmations(3, point -> !point.cid().equals(TestCids.cid(99)))).isEqualTo(2);
        assertThat(book.confirmations(4, point -> !point.cid().equals(TestCids.cid(99)))).isEqualTo(1);
        assertThat(book.confirmations(6, _ -> true)).isZero();
        assertThat(book.bestHeight()).isEqualTo(5);
        assertThat(book.heads().getFirst().head().height()).isEqualTo(5);
        book.retain(new TrustedSet(1, KeySet.of(List.of(TestKeys.peerId(2)))));
        assertThat(book.bestHeight()).isEqualTo(3);
    }

    @Test
    void aClockAheadMakesNothingFresher() {
        assertThat(book.freshest()).isEmpty();
        book.put(head(1, 5, 5, NOW.plusSeconds(200)), NOW);
        assertThat(book.freshest()).contains(NOW);
        book.put(head(1, 5, 5, NOW.minusSeconds(200)), NOW);
        assertThat(book.freshest()).contains(NOW.minusSeconds(200));
        var staleness = new Staleness(Duration.ofMinutes(10));
        assertThat(staleness.isStale(book.freshest(), NOW.plusSeconds(400))).isFalse();
        assertThat(staleness.isStale(book.freshest(), NOW.plusSeconds(401))).isTrue();
        assertThat(staleness.isStale(Optional.empty(), NOW)).isTrue();
    }

    @Test
    void theSkewIsTheMedianOfTheOthers() {
        assertThat(book.medianSkew(TestKeys.peerId(1))).isEmpty();
        book.put(head(1, 1, 1, NOW), NOW);
        book.put(head(2, 1, 1, NOW.plusSeconds(60)), NOW);
        book.put(head(3, 1, 1, NOW.plusSeconds(3600)), NOW);
        book.put(head(4, 1, 1, NOW.minusSeconds(2)), NOW);
        assertThat(book.medianSkew(TestKeys.peerId(1))).contains(Duration.ofSeconds(60));
    }

    @Test
    void announcementsKeepTheirPauses() {
        var schedule = new AnnouncementSchedule(Duration.ofSeconds(60), new Random(1), NOW);
        assertThat(schedule.newBlockDue(NOW)).isEqualTo(NOW);
        assertThat(schedule.repeatDue()).isEqualTo(NOW);
        for (int i = 0; i < 1_000; i++) {
            schedule.announced(NOW);
            assertThat(schedule.newBlockDue(NOW)).isEqualTo(NOW.plusMillis(5));
            assertThat(schedule.newBlockDue(NOW.plusMillis(7))).isEqualTo(NOW.plusMillis(7));
            assertThat(schedule.repeatDue()).isBetween(NOW.plusSeconds(48), NOW.plusSeconds(72));
        }
    }

    private static SignedHead head(int voter, long height, int cid, Instant time) {
        return new SignedHead(new Head(TestCids.cid(0), 0, height, TestCids.cid(cid), time.toEpochMilli(),
                Optional.empty(), List.of(), TestKeys.peerId(voter)), Bytes.EMPTY, Bytes.EMPTY);
    }
}
