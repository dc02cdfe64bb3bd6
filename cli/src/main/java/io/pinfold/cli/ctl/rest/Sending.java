package io.pinfold.cli.ctl.rest;

import io.pinfold.cli.http.RequestBody;
import io.pinfold.cli.http.RequestBody.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends a body by a thread beside the one that reads the answer. */
final class Sending {

    private static final int CONTINUE = 100;

    private final RestConfig config;
    private final Duplex duplex;
    private final String base;
    private final AtomicReference<UnreadableException> unmade = new AtomicReference<>();

    Sending(RestConfig config, Duplex duplex, String base) {
        this.config = config;
        this.duplex = duplex;
        this.base = base;
    }

    RestOutcome run(Endpoint endpoint, RestRequest request, RequestBody content, Consumer<? super JsonNode> each) {
        Thread sender = Thread.ofVirtual().unstarted(() -> send(content));
        RestOutcome outcome = exchange(sender, endpoint, request, content.contentType(), each);
        end(sender);
        UnreadableException why = unmade.get();
        return why == null ? outcome : new RestOutcome.NoAnswer("error: " + why.getMessage());
    }

    private RestOutcome exchange(Thread sender, Endpoint endpoint, RestRequest request, String type,
            Consumer<? super JsonNode> each) {
        Map<String, String> headers = new TreeMap<>(Map.of("Accept", "application/json", "Content-Type", type));
        config.authorization().ifPresent(value -> headers.put("Authorization", value));
        try {
            int code = duplex.begin(endpoint, request, headers);
            if (code == CONTINUE) {
                sender.start();
                code = duplex.answer();
            }
            config.debug().accept("answer: " + code);
            try (InputStream body = duplex.body(code)) {
                if (code < 200 || code > 299) {
                    return new RestOutcome.Refused(code, ErrorBody.message(code, body));
                }
                long values = RestClient.read(body, each);
                return RestClient.ended(values, trailer());
            }
        } catch (SocketTimeoutException e) {
            return new RestOutcome.NoAnswer("error: silence of " + base + " for "
                    + config.timeoutMillis() / 1000.0 + " s; raise --timeout to wait longer");
        } catch (IOException e) {
            return new RestOutcome.NoAnswer(RestClient.notConnected(base, e));
        } catch (JacksonException e) {
            return RestClient.notJson(base);
        }
    }

    private @Nullable String trailer() {
        return duplex.field("x-stream-error");
    }

    /** A body that cannot be made is cut off, which the server takes for no upload at all. */
    private void send(RequestBody content) {
        try {
            duplex.send(content);
        } catch (UnreadableException e) {
            unmade.set(e);
            close();
        } catch (IOException _) {
            // the server reads no more: what it answers says why
        }
    }

    private void end(Thread sender) {
        close();
        boolean interrupted = false;
        while (sender.isAlive()) {
            try {
                sender.join();
            } catch (InterruptedException _) {
                interrupted = true;
                sender.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() {
        try {
            duplex.close();
        } catch (IOException _) {
            // it is gone
        }
    }
}
