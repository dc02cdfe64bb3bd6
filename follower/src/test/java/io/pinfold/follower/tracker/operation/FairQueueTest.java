package io.pinfold.follower.tracker.operation;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FairQueueTest {

    private final Map<Cid, Lane> lanes = new HashMap<>();
    private int number;

    @Test
    void lanesTakeTurnsByWeight() {
        FairQueue queue = new FairQueue(1000, 1);
        for (Lane lane : Lane.values()) {
            fill(queue, lane, 700);
        }
        assertThat(starts(queue, 700)).isEqualTo(Map.of(Lane.RECENT, 400, Lane.BACKLOG, 200, Lane.RETRIED, 100));
    }

    @Test
    void laneThatIsAloneHasEverything() {
        FairQueue queue = new FairQueue(1000, 1);
        fill(queue, Lane.RETRIED, 10);
        assertThat(starts(queue, 10)).isEqualTo(Map.of(Lane.RETRIED, 10));
    }

    @Test
    void oneSlotIsKeptForRecentWorkAndHalfFromRetriedWork() {
        FairQueue queue = new FairQueue(1000, 10);
        fill(queue, Lane.RETRIED, 100);
        assertThat(take(queue)).isEqualTo(Map.of(Lane.RETRIED, 5));
        fill(queue, Lane.BACKLOG, 100);
        assertThat(take(queue)).isEqualTo(Map.of(Lane.BACKLOG, 4));
        fill(queue, Lane.RECENT, 100);
        assertThat(take(queue)).isEqualTo(Map.of(Lane.RECENT, 1));
    }

    @Test
    void endingFreesTheSlot() {
        FairQueue queue = new FairQueue(1000, 2);
        fill(queue, Lane.RECENT, 3);
        assertThat(take(queue)).isEqualTo(Map.of(Lane.RECENT, 2));
        queue.ended(Lane.RECENT);
        assertThat(take(queue)).isEqualTo(Map.of(Lane.RECENT, 1));
    }

    @Test
    void laneIsFullAtItsBoundAndFirstInIsFirstOut() {
        FairQueue queue = new FairQueue(2, 1);
        Cid first = cid(Lane.RECENT);
        Cid second = cid(Lane.RECENT);
        assertThat(queue.offer(first, Lane.RECENT)).isTrue();
        assertThat(queue.offer(second, Lane.RECENT)).isTrue();
        assertThat(queue.offer(cid(Lane.RECENT), Lane.RECENT)).isFalse();
        assertThat(queue.offer(cid(Lane.BACKLOG), Lane.BACKLOG)).isTrue();
        queue.remove(first, Lane.RECENT);
        queue.putBack(first, Lane.RECENT);
        assertThat(queue.poll()).contains(first);
    }

    private void fill(FairQueue queue, Lane lane, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(queue.offer(cid(lane), lane)).isTrue();
        }
    }

    private Cid cid(Lane lane) {
        Cid cid = Cid.raw(Bytes.copyOf(new byte[]{(byte) (number >> 8), (byte) number}));
        number++;
        lanes.put(cid, lane);
        return cid;
    }

    /** Starts and ends one after the other. */
    private Map<Lane, Integer> starts(FairQueue queue, int count) {
        Map<Lane, Integer> starts = new EnumMap<>(Lane.class);
        for (int i = 0; i < count; i++) {
            Lane lane = lanes.getOrDefault(queue.poll().orElseThrow(), Lane.RECENT);
            starts.merge(lane, 1, Integer::sum);
            queue.ended(lane);
        }
        return starts;
    }

    /** Starts all that can start. */
    private Map<Lane, Integer> take(FairQueue queue) {
        Map<Lane, Integer> starts = new EnumMap<>(Lane.class);
        for (Optional<Cid> cid = queue.poll(); cid.isPresent(); cid = queue.poll()) {
            starts.merge(lanes.getOrDefault(cid.get(), Lane.RECENT), 1, Integer::sum);
        }
        return starts;
    }
}
