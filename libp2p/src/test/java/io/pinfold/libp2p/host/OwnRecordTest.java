package io.pinfold.libp2p.host;

import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.testkit.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often our addresses are signed. */
class OwnRecordTest {

    private static final PrivateKey KEY = SimNetwork.keyOf(1);
    private static final List<Multiaddr> NEAR = List.of(address("/ip4/127.0.0.1/tcp/9096"));
    private static final List<Multiaddr> FAR = List.of(address("/ip4/192.0.2.1/tcp/9096"));

    private final ManualClock clock = new ManualClock();
    private final OwnRecord own = new OwnRecord(KEY, clock);

    @Test
    void oncePerKindOfPeerHoweverManyAsk() {
        SignedPeerRecord near = own.of(NEAR, true);
        SignedPeerRecord far = own.of(FAR, false);
        assertThat(near.addresses()).isEqualTo(NEAR);
        assertThat(far.addresses()).isEqualTo(FAR);
        assertThat(far.sequence()).as("also within a millisecond").isGreaterThan(near.sequence());
        for (int i = 0; i < 1000; i++) {
            assertThat(own.of(NEAR, true)).isSameAs(near);
            assertThat(own.of(FAR, false)).isSameAs(far);
        }
    }

    @Test
    void anewWhenAnAddressChanges() {
        SignedPeerRecord before = own.of(FAR, false);
        SignedPeerRecord after = own.of(NEAR, false);
        assertThat(after.addresses()).isEqualTo(NEAR);
        assertThat(own.of(FAR, false).sequence()).isGreaterThan(after.sequence());
        assertThat(after.sequence()).isGreaterThan(before.sequence());
    }

    @Test
    void anewAfterAWhileAlsoIfTheClockIsSetBack() {
        SignedPeerRecord first = own.of(FAR, false);
        clock.advance(OwnRecord.RENEWAL.minusMillis(1));
        assertThat(own.of(FAR, false)).isSameAs(first);
        clock.advance(OwnRecord.RENEWAL.multipliedBy(-3));
        SignedPeerRecord second = own.of(FAR, false);
        assertThat(second.sequence()).isGreaterThan(first.sequence());
        clock.advance(OwnRecord.RENEWAL);
        assertThat(own.of(FAR, false).sequence()).isGreaterThan(second.sequence());
    }

    private static Multiaddr address(String text) {
        return Multiaddr.parse(text).orElseThrow();
    }
}
