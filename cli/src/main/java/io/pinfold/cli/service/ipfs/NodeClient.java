package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.http.RequestBody;
import io.pinfold.cli.http.UnixExchange;
import io.pinfold.cli.http.UnixExchange.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a node over its socket; whatever fails is a complaint that names what was asked for. Used by one thread, but for
 * {@link #stop}.
 */
public final class NodeClient {

    private static final int MAX_ERROR = 64 << 10;
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final String STREAM_ERROR = "x-stream-error";
    private static final JsonMapper JSON = JsonMapper
            .builder(JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build()) // trailers follow
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // an answer is a row of values
            .build();

    private final Path socket;
    private final boolean isOffline;
    private @Nullable UnixExchange current;
    private boolean isStopped;

    /** A client of the node that listens at {@code socket}, and that has no network if {@code isOffline}. */
    public NodeClient(Path socket, boolean isOffline) {
        this.socket = socket;
        this.isOffline = isOffline;
    }

    /** Takes one line of an answer. */
    @FunctionalInterface
    interface Line {
        void take(JsonNode line) throws Complaint;
    }

    /** Takes the bytes of an answer; a length is what the node promises. */
    @FunctionalInterface
    interface Content {
        void take(InputStream bytes, OptionalLong length) throws IOException, Complaint;
    }

    /** Whether content that is not here cannot come from anywhere. */
    boolean isOffline() {
        return isOffline;
    }

    /** Ends the call under way, and all that come; any thread may ask for it. */
    public synchronized void stop() {
        isStopped = true;
        if (current != null) {
            current.abort();
        }
    }

    /** Makes a call about {@code what} whose answer is lines of JSON. */
    void lines(String what, NodeRequest request, Line line) throws Complaint {
        exchange(what, request, Optional.empty(), answer -> lines(answer.body(), line));
    }

    /** Makes a call that carries {@code body}. */
    void upload(String what, NodeRequest request, RequestBody body, Line line) throws Complaint {
        exchange(what, request, Optional.of(body), answer -> lines(answer.body(), line));
    }

    /** Makes a call whose answer is bytes. */
    void bytes(String what, NodeRequest request, Content content) throws Complaint {
        exchange(what, request, Optional.empty(), answer -> content.take(answer.body(), length(answer)));
    }

    private interface Reader {
        void read(Answer answer) throws IOException, Complaint;
    }

    private void exchange(String what, NodeRequest request, Optional<? extends RequestBody> body, Reader reader)
            throws Complaint {
        NodeRequest all = isOffline ? request.with("offline", true) : request;
        try (UnixExchange exchange = begin()) {
            try {
                Answer answer = exchange.post(all.target(), body);
                if (answer.status() < 200 || answer.status() > 299) {
                    throw refused(what, message(answer));
                }
                reader.read(answer);
                answer.body().transferTo(OutputStream.nullOutputStream());
                String late = answer.fields().getOrDefault(STREAM_ERROR, "");
                if (!late.isBlank()) {
                    throw refused(what, late);
                }
            } catch (IOException e) {
                throw broken(what, exchange.reason(e));
            } catch (JacksonException e) {
                throw broken(what,
                        new IOException("that is not the answer of an IPFS node: " + e.getOriginalMessage()));
            }
        } catch (IOException e) {
            throw broken(what, e);
        } finally {
            end();
        }
    }

    private synchronized UnixExchange begin() throws IOException, Complaint {
        if (isStopped) {
            throw stopped();
        }
        UnixExchange exchange = UnixExchange.open(socket);
        current = exchange;
        return exchange;
    }

    private synchronized void end() {
        current = null;
    }

    private static void lines(InputStream body, Line line) throws IOException, Complaint {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                JsonNode value = JSON.readTree(parser);
                line.take(value);
            }
        }
    }

    private static OptionalLong length(Answer answer) {
        String text = answer.fields().getOrDefault("x-content-length", "");
        return text.matches("[0-9]{1," + MAX_LENGTH_DIGITS + "}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /** Kubo's errors are {@code {"Message": …}}. */
    private static String message(Answer answer) throws IOException {
        byte[] bytes = answer.body().readNBytes(MAX_ERROR);
        try {
            JsonNode error = JSON.readTree(bytes);
            String message = error.path("Message").asString(error.path("message").asString(""));
            if (!message.isEmpty()) {
                return message;
            }
        } catch (JacksonException _) {
            // no JSON: shown as it is
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "HTTP status " + answer.status() : text;
    }

    private Complaint refused(String what, String message) {
        String hint = isOffline ? " (no peer runs on this folder, so only what is on its disk can be read)" : "";
        return new Complaint("error: " + Shown.text(what) + ": " + Shown.text(message) + hint, IpfsExit.FAILED);
    }

    private synchronized Complaint broken(String what, IOException failure) {
        return switch (failure) {
            case IOException _ when isStopped -> stopped();
            case RequestBody.UnreadableException unreadable ->
                new Complaint("error: " + unreadable.getMessage() + "; nothing was pinned", IpfsExit.FAILED);
            case LocalOutput.UnwritableException unwritable ->
                new Complaint("error: " + unwritable.getMessage(), IpfsExit.FAILED);
            default ->
                new Complaint("error: " + Shown.text(what) + ": the peer's IPFS node broke off: " + failure.getMessage()
                        + "; is the peer still running? Try again", IpfsExit.FAILED);
        };
    }

    private static Complaint stopped() {
        return new Complaint("error: stopped before it was done; nothing is left half done", IpfsExit.STOPPED);
    }
}
