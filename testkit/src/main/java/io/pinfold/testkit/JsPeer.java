package io.pinfold.testkit;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A js-libp2p peer in a Node process ({@code tools/js-peer}): TCP, Noise, Yamux, identify, ping, GossipSub, and the test
 * protocols {@code /pinfold-test/echo/1}, {@code /source/1} and {@code /sink/1}.
 *
 * <p>Safe for use by many threads; commands run side by side.
 */
public final class JsPeer implements AutoCloseable {

    private final NodeProcess node;

    private JsPeer(Map<String, Object> options) {
        node = new NodeProcess("js-peer", options);
    }

    /** A peer that listens on a free port of loopback. */
    public static JsPeer start() {
        return new JsPeer(Map.of());
    }

    /** The same, with options of the command {@code start} in {@code peer.mjs}. */
    public static JsPeer start(Map<String, Object> options) {
        return new JsPeer(options);
    }

    /** Its peer id. */
    public String peerId() {
        return node.peerId();
    }

    /** Where it listens, each with {@code /p2p/} and its peer id. */
    public List<String> addresses() {
        return node.addresses();
    }

    /** Runs a command of {@code peer.mjs} and gives the answer; throws {@link Failed} if the peer says that it failed. */
    public JsonNode call(String op, Map<String, Object> fields) {
        return node.call(op, fields);
    }

    /** Dials a multiaddr and gives the peer id found there. */
    public String dial(String address) {
        return call("dial", Map.of("address", address)).path("peer").asString();
    }

    /** Pings a connected peer. */
    public Duration ping(String peer) {
        return Duration.ofMillis(call("ping", Map.of("peer", peer)).path("millis").asLong());
    }

    /** Sends {@code bytes} through each of {@code streams} at once to a peer's echo protocol and checks what returns. */
    public void echo(String peer, long bytes, int streams) {
        call("echo", Map.of("peer", peer, "bytes", bytes, "streams", streams));
    }

    /** Subscribes to a topic; its messages are events. */
    public void subscribe(String topic) {
        call("subscribe", Map.of("topic", topic));
    }

    /** Publishes to a topic and says to how many peers it went. */
    public int publish(String topic, byte[] data) {
        String text = Base64.getEncoder().encodeToString(data);
        return call("publish", Map.of("topic", topic, "data", text)).path("recipients").size();
    }

    /** The next event: an object with {@code event} and what {@code peer.mjs} says with it; empty if none comes in time. */
    public Optional<JsonNode> nextEvent(Duration timeout) {
        return node.nextEvent(timeout);
    }

    /** Takes events until a message of {@code topic} and gives its bytes; throws if none comes in time. */
    public byte[] awaitMessage(String topic, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            JsonNode event = nextEvent(Duration.ofNanos(deadline - System.nanoTime()))
                    .orElseThrow(() -> new IllegalStateException("no message within " + timeout));
            if (event.path("event").asString("").equals("message") && event.path("topic").asString("").equals(topic)) {
                return Base64.getDecoder().decode(event.path("data").asString());
            }
        }
    }

    /** Its process, to be frozen or killed. */
    public ChildProcess process() {
        return node.process();
    }

    @Override
    public void close() {
        node.close();
    }

    /** The peer's own word that a command failed. */
    public static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }
}
