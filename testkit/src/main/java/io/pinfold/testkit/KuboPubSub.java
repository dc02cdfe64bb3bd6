package io.pinfold.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The topics of a Kubo node, over its RPC ({@code pubsub/sub}, {@code pubsub/pub}, {@code pubsub/peers}). */
public final class KuboPubSub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_TIME = Duration.ofSeconds(30);
    private static final int MAX_WAITING = 100_000;
    private static final String BOUNDARY = "one-part-only";

    private final KuboNode node;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The topics of {@code node}, which may be restarted meanwhile. */
    public KuboPubSub(KuboNode node) {
        this.node = node;
    }

    /** A message as the RPC tells it, bytes in hexadecimal. */
    public record Message(String from, String data, String sequence) {

        private static Message of(JsonNode node) {
            return new Message(node.path("from").asString(), hex(node.path("data")), hex(node.path("seqno")));
        }

        private static String hex(JsonNode multibase) {
            return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(multibase.asString().substring(1)));
        }
    }

    /** Subscribes to a topic; the node is subscribed on return. */
    public Subscription subscribe(String topic) {
        return new Subscription(send(request("sub", "?arg=" + multibase(topic), new byte[0]).build()));
    }

    /** Publishes to a topic; returns when the node has taken the message. */
    public void publish(String topic, byte[] data) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"data\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[start.length + data.length + end.length];
        System.arraycopy(start, 0, body, 0, start.length);
        System.arraycopy(data, 0, body, start.length, data.length);
        System.arraycopy(end, 0, body, start.length + data.length, end.length);
        drain(send(request("pub", "?arg=" + multibase(topic), body)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .timeout(ANSWER_TIME)
                .build()));
    }

    /** The peers that the node knows to be subscribed to a topic. */
    public List<String> peers(String topic) {
        String answer = drain(send(request("peers", "?arg=" + multibase(topic), new byte[0]).timeout(ANSWER_TIME)
                .build()));
        return JSON.readTree(answer).path("Strings").valueStream().map(JsonNode::asString).toList();
    }

    /** Ends what is left of its connections. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String command, String query, byte[] body) {
        return HttpRequest.newBuilder(URI.create("http://" + node.apiHostPort() + "/api/v0/pubsub/" + command + query))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private InputStream send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + ": " + response.statusCode() + " "
                        + drain(response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String drain(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String multibase(String topic) {
        String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(topic.getBytes(StandardCharsets.UTF_8));
        return URLEncoder.encode("u" + base64, StandardCharsets.US_ASCII);
    }

    /** A subscription of the node, until it is closed. */
    public static final class Subscription implements AutoCloseable {

        private final InputStream body;
        private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>(MAX_WAITING);

        private Subscription(InputStream body) {
            this.body = body;
            Thread.ofVirtual().name("kubo-subscription").start(this::read);
        }

        /** The next message; empty if none comes in time. */
        public Optional<Message> next(Duration timeout) {
            try {
                return Optional.ofNullable(messages.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        /** Unsubscribes. */
        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read() {
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    messages.add(Message.of(JSON.readTree(line)));
                }
            } catch (IOException e) {
                // closed at either end, which is how a subscription ends
            }
        }
    }
}
