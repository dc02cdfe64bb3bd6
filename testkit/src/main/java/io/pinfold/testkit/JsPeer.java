package io.pinfold.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A js-libp2p peer in a Node process ({@code tools/js-peer}): TCP, Noise, Yamux, identify, ping, GossipSub, and the test
 * protocols {@code /pinfold-test/echo/1}, {@code /source/1} and {@code /sink/1}.
 *
 * <p>Safe for use by many threads; commands run side by side.
 */
public final class JsPeer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_TIME = Duration.ofSeconds(90);
    private static final int MAX_EVENTS = 100_000;

    private static final Once<String> NODE = new Once<>(() -> new ProcessRunner().within(Duration.ofMinutes(10))
            .run(List.of(Checkout.root().resolve("scripts/install-node-tools").toString()))
            .orElseThrow());

    private final ChildProcess process;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>(MAX_EVENTS);
    private final String peerId;
    private final List<String> addresses;

    private JsPeer(Map<String, Object> options) {
        Path script = Checkout.root().resolve("tools/js-peer/peer.mjs");
        process = ChildProcess.start(new ProcessBuilder(NODE.get(), script.toString()));
        Thread.ofPlatform().daemon().name("js-peer").start(this::read);
        try {
            JsonNode started = call("start", options);
            peerId = started.path("peer").asString();
            addresses = started.path("addresses").valueStream().map(JsonNode::asString).toList();
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
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
        return peerId;
    }

    /** Where it listens, each with {@code /p2p/} and its peer id. */
    public List<String> addresses() {
        return addresses;
    }

    /** Runs a command of {@code peer.mjs} and gives the answer; throws {@link Failed} if the peer says that it failed. */
    public JsonNode call(String op, Map<String, Object> fields) {
        long id = ids.incrementAndGet();
        Map<String, Object> command = new LinkedHashMap<>(fields);
        command.put("op", op);
        command.put("id", id);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        process.send(JSON.writeValueAsString(command));
        try {
            JsonNode got = answer.orTimeout(ANSWER_TIME.toMillis(), TimeUnit.MILLISECONDS).join();
            if (got.has("error")) {
                throw new Failed(got.path("error").asString());
            }
            return got;
        } finally {
            waiting.remove(id);
        }
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
        try {
            return Optional.ofNullable(events.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
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
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private void read() {
        while (true) {
            Optional<String> line = process.nextLine(Duration.ofDays(1));
            if (line.isEmpty()) {
                IllegalStateException ended = new IllegalStateException(
                        "the peer has ended; it printed\n" + process.tail());
                waiting.values().forEach(answer -> answer.completeExceptionally(ended));
                return;
            }
            take(line.get());
        }
    }

    private void take(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            return; // something printed by Node itself; it stays in the process's tail
        }
        CompletableFuture<JsonNode> answer = node.has("id") ? waiting.get(node.path("id").asLong()) : null;
        if (answer != null) {
            answer.complete(node);
        } else if (node.has("event") && !events.offer(node)) {
            events.poll();
            events.offer(node);
        }
    }

    /** The peer's own word that a command failed. */
    public static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Failed(String message) {
            super(message);
        }
    }
}
