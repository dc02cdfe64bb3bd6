package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trusted key announces blocks that nobody has: the honest publisher stops signing once and not for long, and what it
 * writes reaches everybody all the while.
 */
class MissingHeadTest {

    private static final int ROGUE = 2;
    /** So many pins at once make a block that is too large to come inside a head. */
    private static final int LARGE = 120;
    private static final Duration PROMPT = Duration.ofSeconds(1);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private SimCluster cluster;
    private SimPeer writer;
    private SimPeer follower;
    private SimPeer other;
    private int pins;
    private int lies;
    /** When the last thing was written that is not everywhere yet. */
    private OptionalLong written = OptionalLong.empty();
    private long unsigned;
    private long slowest;

    @BeforeEach
    void cluster() {
        cluster = new SimCluster(seeds.seed(), 1, ROGUE, 3);
        writer = cluster.peer(1);
        follower = cluster.peer(9);
        other = cluster.peer(10);
        cluster.run(Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            write(1);
            cluster.run(PROMPT);
            tick();
        }
        assertThat(written).as("%s", seeds).isEmpty();
        slowest = 0;
        unsigned = 0;
    }

    @ParameterizedTest
    @CsvSource({"100, 0, 15", "100, 1, 15", "100, 1000000, 15", "10000, 0, 60", "10000, 1, 60", "10000, 1000000, 60",
        "60000, 5, 180", "1000000, 0, 30"})
    void headsWithoutTheirBlockStopNothing(long everyMillis, long higherEach, long seconds) {
        LongUnaryOperator height = step -> writer.status().head().height() + 1 + step * higherEach;
        live(Duration.ofSeconds(seconds), everyMillis, height);
        assertThat(unsigned).as("not signing because of heads of one key, ms, %s", seeds)
                .isLessThan(PROMPT.toMillis());
        assertThat(slowest).as("slowest way of a pin to the followers, ms, %s", seeds).isLessThan(PROMPT.toMillis());
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 10_000})
    void aPeerThatClaimsToHaveThemAndNeverAnswersCostsOnePatience(long everyMillis) {
        SimPeer accomplice = cluster.peer(11);
        accomplice.silent = true;
        cluster.run(Duration.ofSeconds(10));
        live(Duration.ofSeconds(40), everyMillis, step -> writer.status().head().height() + 1 + 1000 * step);
        assertThat(unsigned).as("not signing because of heads of one key, ms, %s", seeds)
                .isBetween(1L, ChainSync.WAIT.toMillis() + PROMPT.toMillis());
        slowest = 0;
        live(Duration.ofSeconds(20), everyMillis, step -> writer.status().head().height() + 10_000_000 + step);
        assertThat(unsigned).as("once only, %s", seeds).isLessThan(ChainSync.WAIT.toMillis() + PROMPT.toMillis());
        assertThat(slowest).as("%s", seeds).isLessThan(PROMPT.toMillis());
    }

    @Test
    void anotherWriterDoesNotProlongThePatience() {
        SimPeer accomplice = cluster.peer(11);
        accomplice.silent = true;
        SimPeer second = cluster.peer(3);
        cluster.run(Duration.ofSeconds(10));
        say(1_000_000, accomplice.id());
        for (int i = 0; i < 60; i++) {
            second.submit(pin());
            writer.submit(pin());
            cluster.run(Duration.ofSeconds(1));
            if (Duration.ofSeconds(i).compareTo(ChainSync.WAIT.plus(PROMPT)) > 0) {
                assertThat(List.of(writer.status().signing(), second.status().signing())).as("after %d s, %s", i, seeds)
                        .containsOnly(Signing.READY);
            }
        }
        cluster.settle(Duration.ofSeconds(10));
        assertThat(follower.pins.size()).as("%s", seeds).isEqualTo(pins);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFollowerThatWasAwayGetsInStep(boolean silent) {
        SimPeer accomplice = cluster.peer(11);
        accomplice.silent = silent;
        cluster.run(Duration.ofSeconds(10));
        follower.crash();
        for (int i = 0; i < 150; i++) {
            if (i % 10 == 0) {
                say(1000L + i, accomplice.id());
            }
            writer.submit(pin());
            cluster.run(Duration.ofMillis(100));
        }
        cluster.run(Duration.ofSeconds(30));
        follower.start();
        for (int i = 0; i < 100; i++) {
            say(2_000_000L + i, accomplice.id());
            cluster.run(Duration.ofMillis(100));
        }
        assertThat(follower.status().head().point()).as("%s", seeds).isEqualTo(writer.status().head().point());
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(writer.pins.all()).hasSize(pins);
    }

    @Test
    void aPublisherThatWasAwaySignsAgainAndOnTheNewestBlock() {
        SimPeer second = cluster.peer(3);
        cluster.run(Duration.ofSeconds(10));
        second.crash();
        for (int i = 0; i < 150; i++) {
            writer.submit(pin());
            cluster.run(Duration.ofMillis(50));
        }
        second.start();
        second.submit(pin());
        for (int i = 0; i < 50; i++) {
            say(2_000_000L + i, follower.id());
            cluster.run(Duration.ofMillis(100));
        }
        assertThat(follower.pins.all()).as("%s", seeds).isEqualTo(second.pins.all()).hasSize(pins);
        assertThat(second.blocks.get(second.status().head().point().cid()).orElseThrow().block().merges())
                .as("it did not sign before it was in step, %s", seeds)
                .isEmpty();
    }

    @Test
    void aBlockThatComesLateAfterAllIsTaken() {
        SignedBlock tip = writer.blocks.get(writer.status().head().point().cid()).orElseThrow();
        List<SignedBlock> late = cluster.chains.line(tip, ROGUE, 30, 5000);
        SignedBlock last = late.getLast();
        for (SimPeer peer : cluster.peers()) {
            peer.hear(cluster.chains.head(last, ROGUE, peer.millis()).bytes(), other.id());
        }
        cluster.run(Duration.ofMinutes(30));
        assertThat(follower.pins.size()).isEqualTo(pins);
        other.blocks.append(late, new ChainPoint(other.status().head().height(), other.status().head().point().cid()));
        cluster.run(Duration.ofMinutes(2));
        assertThat(writer.status().head().point().cid()).as("%s", seeds).isEqualTo(last.cid());
        assertThat(follower.status().head().point().cid()).as("%s", seeds).isEqualTo(last.cid());
    }

    /** For {@code duration}, the rogue key lies and the writer writes about twice a second. */
    private void live(Duration duration, long everyMillis, LongUnaryOperator height) {
        long end = cluster.time.millis() + duration.toMillis();
        long lieAt = cluster.time.millis();
        long writeAt = cluster.time.millis();
        int asked = follower.calls.requests;
        for (int writes = 0; cluster.time.millis() < end;) {
            if (cluster.time.millis() >= lieAt) {
                lieAt += everyMillis;
                say(height.applyAsLong(lies), follower.id());
            }
            if (cluster.time.millis() >= writeAt && written.isEmpty()) {
                writeAt = cluster.time.millis() + 487;
                write(writes++ % 6 == 3 ? LARGE : 1);
            }
            tick();
        }
        assertThat(follower.calls.requests - asked).as("requests for blocks, %s", seeds)
                .isLessThan((int) (20 * duration.toSeconds()));
    }

    /** Has the writer pin {@code count} things at once. */
    private void write(int count) {
        for (int i = 0; i < count; i++) {
            writer.submit(pin());
        }
        written = OptionalLong.of(cluster.time.millis());
    }

    private void tick() {
        cluster.run(Duration.ofMillis(10));
        if (writer.status().signing() != Signing.READY) {
            unsigned += 10;
        }
        if (written.isPresent()) {
            slowest = Math.max(slowest, cluster.time.millis() - written.getAsLong());
            if (follower.pins.size() == pins && other.pins.size() == pins) {
                written = OptionalLong.empty();
            }
        }
    }

    /** The rogue key tells everybody of a block that does not exist. */
    private void say(long height, PeerId holder) {
        Cid missing = TestCids.cid(1_000_000 + lies++);
        Bytes head = cluster.chains.head(new ChainPoint(height, missing), ROGUE, writer.millis(), List.of()).bytes();
        for (SimPeer peer : cluster.peers()) {
            if (peer.isUp()) {
                if (lies % 2 == 0) {
                    peer.hear(head, holder);
                } else {
                    peer.hearAnswer(List.of(head), holder);
                }
            }
        }
    }

    private LogOp pin() {
        int number = pins++;
        return TestOps.pin(number, "%0200d".formatted(number));
    }
}
