package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.head.HeadVerdict;
import io.pinfold.chain.core.head.HeadVerdict.Reason;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Trusted keys date their heads more than five minutes ahead: whom that stops, by the number of keys. */
class RogueClockTest {

    /** A little more than is tolerated. */
    private static final Duration LIE = Limits.CLOCK_TOLERANCE.plusSeconds(5);

    /** Long enough for the status to be told anew. */
    private static final Duration STEP = Duration.ofSeconds(90);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private SimCluster cluster;
    private SimPeer writer;
    private int pins;

    @BeforeEach
    void clusterOfTwoKeys() {
        start(2);
    }

    /** Keys 1, … are honest and run; the last {@code rogues} of all keys lie. */
    @ParameterizedTest
    @CsvSource({"2, 1, CLOCK_WRONG", "3, 1, READY", "3, 2, CLOCK_WRONG", "4, 1, READY", "4, 2, CLOCK_WRONG",
        "5, 2, READY"})
    void itTakesMoreThanHalfOfTheOthersToStopAPublisher(int keys, int rogues, Signing expected) {
        start(keys);
        IntStream.rangeClosed(2, keys - rogues).forEach(key -> cluster.peer(key));
        cluster.run(Duration.ofSeconds(30));
        assertThat(writer.status().signing()).isEqualTo(Signing.READY);
        lie(keys, rogues);
        cluster.run(STEP);
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(expected);
        assertThat(writer.alerts.stream().anyMatch(ChainAlert.ClockSkewed.class::isInstance))
                .as("it says so, %s", seeds)
                .isEqualTo(expected == Signing.CLOCK_WRONG);
    }

    @Test
    void ofThreeKeysOneDecidesWhenTheThirdIsSilent() {
        start(3);
        SimPeer third = cluster.peer(3);
        cluster.run(Duration.ofSeconds(30));
        third.crash();
        for (int minute = 0; minute < 9; minute++) {
            sayFrom(2);
            cluster.run(Duration.ofMinutes(1));
            assertThat(writer.status().signing()).as("minute %d, %s", minute, seeds).isEqualTo(Signing.READY);
        }
        cluster.run(Duration.ofMinutes(2));
        sayFrom(2);
        cluster.run(STEP);
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.CLOCK_WRONG);
        third.start();
        cluster.run(Duration.ofMinutes(2));
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.READY);
    }

    @Test
    void aKeyThatStopsLyingIsBelievedAgainSoonAndNothingIsLost() {
        cluster.run(Duration.ofSeconds(30));
        lie(2, 1);
        cluster.run(Duration.ofSeconds(1));
        writer.submit(TestOps.pin(pins++));
        cluster.run(Duration.ofMinutes(9));
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.CLOCK_WRONG);
        cluster.run(Duration.ofMinutes(2));
        assertThat(writer.status().signing()).as("%s", seeds).isEqualTo(Signing.READY);
        assertThat(cluster.peers().getLast().pins.size()).as("%s", seeds).isEqualTo(pins);
    }

    private void start(int keys) {
        cluster = new SimCluster(seeds.seed(), IntStream.rangeClosed(1, keys).toArray());
        writer = cluster.peer(1);
        cluster.peer(9);
        cluster.run(Duration.ofSeconds(5));
        pins = 0;
        writer.submit(TestOps.pin(pins++));
    }

    private void lie(int keys, int rogues) {
        IntStream.rangeClosed(keys - rogues + 1, keys).forEach(this::sayFrom);
    }

    private void sayFrom(int rogue) {
        var tip = writer.blocks.get(writer.status().head().point().cid()).orElseThrow();
        assertThat(writer.hear(cluster.chains.head(tip, rogue, writer.millis() + LIE.toMillis()).bytes(),
                TestKeys.peerId(rogue))).isEqualTo(new HeadVerdict.Ignore(Reason.FUTURE));
    }
}
