package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerOutboxTest {

    private static final int BOUND = 3;

    @Test
    void messagesWaitUpToTheBoundAndUpkeepUpToTwiceIt() {
        try (var network = new SimNetwork(new ManualClock())) {
            var outbox = new PeerOutbox(network.host(), network.host().id(), BOUND, List::of);
            for (int i = 0; i < BOUND; i++) {
                assertThat(outbox.offer(Rpc.iwant(List.of(Bytes.EMPTY)))).isTrue();
            }
            assertThat(outbox.offer(Rpc.iwant(List.of(Bytes.EMPTY)))).isFalse();
            for (int i = 0; i < BOUND; i++) {
                assertThat(outbox.offer(Rpc.graft("t"))).isTrue();
            }
            assertThat(outbox.offer(Rpc.graft("t"))).isFalse();
        }
    }
}
