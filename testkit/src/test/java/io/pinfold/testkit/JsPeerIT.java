package io.pinfold.testkit;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsPeerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void twoPeersTalk() {
        try (JsPeer one = JsPeer.start(); JsPeer two = JsPeer.start(Map.of("messageId", "topic-data"))) {
            assertThat(one.dial(two.addresses().getFirst())).isEqualTo(two.peerId());
            assertThat(one.ping(two.peerId())).isLessThan(PATIENCE);
            one.echo(two.peerId(), 1 << 20, 4);
            one.call("source", Map.of("peer", two.peerId(), "bytes", 1 << 20));
            one.call("sink", Map.of("peer", two.peerId(), "bytes", 1 << 20));
            two.subscribe("topic");
            Awaitility.await().until(() -> one.call("topic", Map.of("topic", "topic")).path("subscribers").size() == 1);
            assertThat(one.publish("topic", "hello".getBytes(UTF_8))).isEqualTo(1);
            assertThat(two.awaitMessage("topic", PATIENCE)).isEqualTo("hello".getBytes(UTF_8));
        }
    }

    @Test
    void failureIsToldAndTheEndOfInputEndsIt() {
        try (JsPeer peer = JsPeer.start()) {
            assertThatThrownBy(() -> peer.dial("/ip4/127.0.0.1/tcp/1")).isInstanceOf(JsPeer.Failed.class);
            peer.process().closeInput();
            assertThat(peer.process().awaitExit(PATIENCE)).isZero();
        }
    }
}
