package io.pinfold.api.rest;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.api.json.AddedJson;
import io.pinfold.api.multipart.BadMultipartException;
import io.pinfold.api.multipart.CarUpload;
import io.pinfold.api.multipart.FormUpload;
import io.pinfold.api.multipart.MultipartReader;
import io.pinfold.follower.view.AddOperations;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Putting files in: {@code POST /add}.
 *
 * <p>Records are lines of JSON that come while the upload goes on, with an error in the trailer; with
 * {@code stream-channels=false} they come as one array when all is well, or not at all. Bad parameters, and a peer that may not pin,
 * are answered before the upload is read.
 */
final class AddRoutes {

    /** The most records that are answered together; a longer upload is to be streamed. */
    static final int MAX_TOGETHER = 100_000;

    private final AddOperations adding;
    private final InstantSource clock;

    AddRoutes(AddOperations adding, InstantSource clock) {
        this.adding = adding;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.add("POST", "/add", Strictly.of(this::add));
    }

    private Reply add(Call call) throws BadParameterException {
        AddCall asked = new AddOptionParser(call, clock).parse();
        Optional<Failure> hindrance = adding.hindrance(asked.request());
        if (hindrance.isPresent()) {
            return Replies.problem(hindrance.get());
        }
        Optional<MultipartReader> form = MultipartReader.of(call.request().header("Content-Type"),
                call.request().content());
        if (form.isEmpty()) {
            return Reply.problem(400, "the body must be multipart/form-data, with a boundary");
        }
        return asked.stream()
                ? new Reply.Lines(line -> take(asked, form.get(),
                        added -> line.accept(json -> AddedJson.write(json, added))))
                : together(asked, form.get());
    }

    private Reply together(AddCall asked, MultipartReader form) {
        List<Added> all = new ArrayList<>();
        Optional<Reply.Problem> problem = take(asked, form, added -> {
            if (all.size() == MAX_TOGETHER) {
                throw new TooManyException();
            }
            all.add(added);
        });
        return problem.<Reply>map(it -> it)
                .orElseGet(() -> new Reply.Value(200, json -> {
                    json.writeStartArray();
                    all.forEach(added -> AddedJson.write(json, added));
                    json.writeEndArray();
                }, Map.of("Cache-Control", "no-cache")));
    }

    /** Takes the upload; returns what went wrong, if anything did. */
    private Optional<Reply.Problem> take(AddCall asked, MultipartReader form, Consumer<Added> each) {
        Answer<List<Cid>> answer;
        try {
            FormUpload upload = new FormUpload(form);
            if (asked.car()) {
                CarUpload car = CarUpload.of(upload);
                answer = adding.addCar(asked.request(), car.name(), car.content(), each);
            } else {
                answer = adding.add(asked.request(), upload, each);
            }
        } catch (TooManyException _) {
            return Optional.of(Reply.problem(400, "more than " + MAX_TOGETHER
                    + " records cannot be answered together; leave stream-channels out"));
        } catch (BadMultipartException e) {
            return Optional.of(Reply.problem(400, e.sentence()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switch (form.failure().orElse(null)) {
            case BadMultipartException bad when answer instanceof Answer.Failed<?> ->
                Optional.of(Reply.problem(400, bad.sentence()));
            case IOException gone when answer instanceof Answer.Failed<?> -> throw new UncheckedIOException(gone);
            case null, default -> Replies.end(answer);
        };
    }

    /** There are more records than can be answered together. */
    private static final class TooManyException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooManyException() {
            super("", null, false, false);
        }
    }
}
