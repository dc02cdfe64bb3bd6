package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The data structures of the router against plain models. */
class CachesTest {

    @RegisterExtension
    private final Seeds seeds = new Seeds();

    private final ManualClock clock = new ManualClock();

    @Test
    void seenIsAMapFromIdToFirstSight() {
        RandomGenerator random = seeds.generator();
        var seen = new SeenCache(Duration.ofSeconds(10), Integer.MAX_VALUE);
        Map<Bytes, Instant> model = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Instant now = clock.advance(Duration.ofMillis(random.nextInt(200)));
            Bytes id = id(random.nextInt(100));
            model.values().removeIf(first -> first.isBefore(now.minusSeconds(10)));
            assertThat(seen.add(id, now)).as("step %d of %s", i, seeds).isEqualTo(model.putIfAbsent(id, now) == null);
        }
    }

    @Test
    void seenForgetsTheOldestAtItsBound() {
        var seen = new SeenCache(Duration.ofHours(1), 3);
        for (int i = 0; i < 4; i++) {
            seen.add(id(i), clock.instant());
        }
        assertThat(seen.contains(id(0))).isFalse();
        assertThat(seen.contains(id(1))).isTrue();
    }

    @Test
    void messagesAreGossipedThenServedThenForgotten() {
        var cache = new MessageCache(3, 2);
        PeerId peer = TestKeys.peerId(1);
        cache.put(id(1), message("t"));
        cache.put(id(2), message("other"));
        assertThat(cache.gossip("t")).containsExactly(id(1));
        cache.shift();
        assertThat(cache.gossip("t")).containsExactly(id(1));
        cache.shift();
        assertThat(cache.gossip("t")).isEmpty();
        assertThat(cache.take(id(1), peer, 3)).isPresent();
        cache.shift();
        assertThat(cache.take(id(1), peer, 3)).isEmpty();
    }

    @Test
    void aWindowHoldsOnlySoManyMessages() {
        var cache = new MessageCache(3, 2);
        for (int i = 0; i <= MessageCache.MAX_WINDOW; i++) {
            cache.put(id(i), message("t"));
        }
        assertThat(cache.gossip("t")).hasSize(MessageCache.MAX_WINDOW);
        cache.shift();
        cache.put(id(MessageCache.MAX_WINDOW), message("t"));
        assertThat(cache.gossip("t")).hasSize(MessageCache.MAX_WINDOW + 1);
    }

    @Test
    void oneMessageGoesToOnePeerOnlySoOften() {
        var cache = new MessageCache(3, 2);
        cache.put(id(1), message("t"));
        for (int i = 0; i < 3; i++) {
            assertThat(cache.take(id(1), TestKeys.peerId(1), 3)).isPresent();
        }
        assertThat(cache.take(id(1), TestKeys.peerId(1), 3)).isEmpty();
        assertThat(cache.take(id(1), TestKeys.peerId(2), 3)).isPresent();
    }

    @Test
    void aBackoffIsNeverShortened() {
        var backoffs = new Backoffs();
        Instant now = clock.instant();
        backoffs.extend("t", TestKeys.peerId(1), now.plusSeconds(60));
        backoffs.extend("t", TestKeys.peerId(1), now.plusSeconds(10));
        assertThat(backoffs.active("t", TestKeys.peerId(1), now.plusSeconds(59))).isTrue();
        assertThat(backoffs.active("other", TestKeys.peerId(1), now)).isFalse();
        backoffs.expire(now.plusSeconds(60));
        assertThat(backoffs.active("t", TestKeys.peerId(1), now)).isFalse();
    }

    @Test
    void misbehaviourCountsBySquareAndFades() {
        var scores = new PeerScores();
        PeerId peer = TestKeys.peerId(1);
        for (int i = 0; i < 9; i++) {
            scores.invalidMessage(peer);
        }
        assertThat(scores.of(peer)).isEqualTo(-81).isLessThan(PeerScores.GRAYLIST_THRESHOLD);
        for (int i = 0; i < 500; i++) {
            scores.decay();
        }
        assertThat(scores.of(peer)).isZero();
    }

    @Test
    void theWorstScoresAreKeptAtTheBound() {
        var scores = new PeerScores();
        PeerId worst = TestKeys.peerId(1);
        scores.misbehaved(worst, 5);
        for (int i = 0; i < PeerScores.MAX_PEERS + 5; i++) {
            scores.invalidMessage(new PeerId(io.pinfold.multiformats.Multihash.sha256(id(i))));
        }
        assertThat(scores.of(worst)).isEqualTo(-25);
    }

    private static Bytes id(int number) {
        return Bytes.copyOf(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static WireMessage message(String topic) {
        return new WireMessage(Optional.empty(), Optional.empty(), Optional.empty(), topic, Optional.empty(),
                Optional.empty());
    }
}
