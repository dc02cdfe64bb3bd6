package io.pinfold.libp2p.host;

import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DialBackOffTest {

    private static final PeerId PEER = SimNetwork.keyOf(1).peerId();
    private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/192.0.2.1/tcp/1").orElseThrow();
    private static final Multiaddr OTHER = Multiaddr.parse("/ip4/192.0.2.1/tcp/2").orElseThrow();

    private final ManualClock clock = new ManualClock();
    private double roll = 0.5;
    private final RandomGenerator random = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public double nextDouble() {
            return roll;
        }
    };
    private final DialBackOff backOff = new DialBackOff(Duration.ofSeconds(1), Duration.ofSeconds(10), clock, random);

    @Test
    void doublesTheWaitUpToTheBound() {
        for (int seconds : new int[]{1, 2, 4, 8, 10, 10}) {
            assertThat(backOff.allows(PEER, ADDRESS)).isTrue();
            backOff.failed(PEER, ADDRESS);
            clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(backOff.allows(PEER, ADDRESS)).isFalse();
            clock.advance(Duration.ofNanos(1));
        }
        assertThat(backOff.allows(PEER, ADDRESS)).isTrue();
    }

    @Test
    void spreadsByAQuarter() {
        roll = 0;
        backOff.failed(PEER, ADDRESS);
        clock.advance(Duration.ofMillis(750));
        assertThat(backOff.allows(PEER, ADDRESS)).isTrue();
        roll = 1;
        backOff.failed(PEER, OTHER);
        clock.advance(Duration.ofMillis(1249));
        assertThat(backOff.allows(PEER, OTHER)).isFalse();
    }

    @Test
    void aClockThatIsSetBackMakesNoOneWaitForYears() {
        backOff.failed(PEER, ADDRESS);
        clock.advance(Duration.ofDays(-3653));
        assertThat(backOff.allows(PEER, ADDRESS)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(backOff.allows(PEER, ADDRESS)).isTrue();
    }

    @Test
    void isForEachPeerAndAddressAndForgetsAtSuccess() {
        backOff.failed(PEER, ADDRESS);
        assertThat(backOff.allows(PEER, OTHER)).isTrue();
        assertThat(backOff.allows(SimNetwork.keyOf(2).peerId(), ADDRESS)).isTrue();
        backOff.succeeded(PEER, ADDRESS);
        assertThat(backOff.allows(PEER, ADDRESS)).isTrue();
        backOff.failed(PEER, ADDRESS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(backOff.allows(PEER, ADDRESS)).isTrue();
    }

    @Test
    void remembersSoManyAndNoMore() {
        backOff.failed(PEER, ADDRESS);
        for (int i = 0; i < DialBackOff.MAX_ENTRIES; i++) {
            backOff.failed(PEER,
                    Multiaddr.parse("/ip4/10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256 + "/tcp/1")
                            .orElseThrow());
        }
        assertThat(backOff.allows(PEER, ADDRESS)).isTrue();
    }
}
