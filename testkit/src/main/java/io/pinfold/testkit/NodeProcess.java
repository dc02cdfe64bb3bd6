package io.pinfold.testkit;

import java.time.Duration;
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
 * A program of {@code tools/} in a Node process, driven by JSON lines ({@code tools/json-lines.mjs}).
 *
 * <p>Safe for use by many threads; commands run side by side.
 */
final class NodeProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_TIME = Duration.ofSeconds(90);
    private static final int MAX_EVENTS = 100_000;
    private static final Map<String, Once<String>> NODES = new ConcurrentHashMap<>();

    private final ChildProcess process;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>(MAX_EVENTS);
    private final JsonNode started;

    /** The program {@code tools/PEER/peer.mjs}, its command {@code start} run with {@code options}. */
    NodeProcess(String peer, Map<String, Object> options) {
        String node = NODES.computeIfAbsent(peer, _ -> new Once<>(() -> install(peer))).get();
        process = ChildProcess.start(new ProcessBuilder(node,
                Checkout.root().resolve("tools").resolve(peer).resolve("peer.mjs").toString()));
        Thread.ofPlatform().daemon().name(peer).start(this::read);
        try {
            started = call("start", options);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static String install(String peer) {
        return new ProcessRunner().within(Duration.ofMinutes(10))
                .run(List.of(Checkout.root().resolve("scripts/install-node-tools").toString(), peer))
                .orElseThrow();
    }

    /** Its peer id. */
    String peerId() {
        return started.path("peer").asString();
    }

    /** Where it listens, each with {@code /p2p/} and its peer id. */
    List<String> addresses() {
        return started.path("addresses").valueStream().map(JsonNode::asString).toList();
    }

    /** Runs a command and gives the answer; throws {@link JsPeer.Failed} if it says that it failed. */
    JsonNode call(String op, Map<String, Object> fields) {
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
                throw new JsPeer.Failed(got.path("error").asString());
            }
            return got;
        } finally {
            waiting.remove(id);
        }
    }

    /** The next event; empty if none comes in time. */
    Optional<JsonNode> nextEvent(Duration timeout) {
        try {
            return Optional.ofNullable(events.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    ChildProcess process() {
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
}
