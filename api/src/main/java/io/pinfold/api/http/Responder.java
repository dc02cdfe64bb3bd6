package io.pinfold.api.http;

import io.pinfold.api.http.LineStream.ClientGoneException;
import io.pinfold.api.json.Json;
import io.pinfold.api.wire.Exchange;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends replies over the wire. */
final class Responder {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);
    private static final Map<String, String> OF_LINES = Map.of("Content-Type", "application/json", "Cache-Control",
            "no-cache", "X-Chunked-Output", "1", "Trailer", StreamSender.STREAM_ERROR);

    private final Exchange exchange;
    private final Map<String, String> always;

    /** Answers one exchange; {@code always} are headers that every answer gets. */
    Responder(Exchange exchange, Map<String, String> always) {
        this.exchange = exchange;
        this.always = always;
    }

    /** Sends the reply. */
    void send(Reply reply) throws IOException {
        switch (reply) {
            case Reply.Value(int status, var json, var headers) -> json(status, headers, Json.bytes(json));
            case Reply.Bare(int status, var headers) -> exchange.answer(status, with(headers), new byte[0]);
            case Reply.Problem problem -> json(problem.status(), problem.headers(), problem.body());
            case Reply.Lines(var producer) -> lines(producer);
            case Reply.Whole(int status, var headers, Bytes body) ->
                exchange.answer(status, with(headers), body.toArray());
            case Reply.Stream stream -> new StreamSender(exchange, with(stream.headers()), stream).send(this);
        }
    }

    private void json(int status, Map<String, String> headers, byte[] body) throws IOException {
        Map<String, String> all = with(headers);
        all.put("Content-Type", "application/json");
        exchange.answer(status, all, body);
    }

    private void lines(Reply.Lines.Producer producer) throws IOException {
        LineStream lines = new LineStream(() -> exchange.open(200, with(OF_LINES)));
        try {
            Optional<Reply.Problem> problem = produce(producer, lines);
            if (lines.begun()) {
                lines.end(Map.of(StreamSender.STREAM_ERROR, problem.map(Reply.Problem::message).orElse("")));
            } else {
                send(problem.<Reply>map(it -> it).orElseGet(Reply::nothing));
            }
        } catch (ClientGoneException e) {
            throw new IOException("the client went away within a list", e);
        }
    }

    private static Optional<Reply.Problem> produce(Reply.Lines.Producer producer, LineStream lines) {
        try {
            return producer.produce(lines);
        } catch (ClientGoneException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw new ClientGoneException(e);
        } catch (RuntimeException e) {
            LOG.error("a list ended with an error", e);
            return Optional.of(Reply.problem(500, "internal error; the log of the daemon says more"));
        }
    }

    private Map<String, String> with(Map<String, String> headers) {
        Map<String, String> all = new TreeMap<>(always);
        all.putAll(headers);
        return all;
    }
}
