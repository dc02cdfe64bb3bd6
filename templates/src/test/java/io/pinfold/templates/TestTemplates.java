package io.pinfold.templates;

import io.pinfold.chain.testing.TestChains;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.testing.TestKeys;
import java.util.List;
import java.util.Map;

/** Templates of test clusters. */
public final class TestTemplates {

    private TestTemplates() {}

    /** A template with something in every member. */
    public static Template full() {
        return new Template(new TestChains(1, 2).genesis(), List.of(address("/dns4/peer.example/tcp/9096", 1)),
                List.of(address("/ip4/192.0.2.7/udp/4001/quic-v1", 3), address("/ip4/192.0.2.7/tcp/4001", 3)),
                Map.of("tracker.pin_timeout", "5m"));
    }

    /** A template of another cluster. */
    public static Template other() {
        return new Template(new TestChains(3).genesis(), List.of(), List.of(), Map.of());
    }

    private static Multiaddr address(String text, int peer) {
        return Multiaddr.parse(text).orElseThrow().withPeer(TestKeys.peerId(peer));
    }
}
