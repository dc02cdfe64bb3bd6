package io.pinfold.api.rest;

import io.pinfold.api.http.Reply;
import io.pinfold.api.json.StatusJson;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.PinStatuses;
import io.pinfold.follower.view.PinStatuses.Scope;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Asks for the status of several named CIDs, a few at a time, and answers in the order they were named. */
final class StatusLookups {

    /** Most CIDs in one request. */
    static final int MAX_CIDS = 256;

    private static final int AT_ONCE = 16;

    private final PinStatuses statuses;
    private final Scope scope;

    StatusLookups(PinStatuses statuses, Scope scope) {
        this.statuses = statuses;
        this.scope = scope;
    }

    Reply reply(List<Cid> cids) {
        return new Reply.Lines(line -> {
            try (ExecutorService lookups = Executors.newVirtualThreadPerTaskExecutor()) {
                Optional<Reply.Problem> problem = Optional.empty();
                for (int from = 0; from < cids.size() && problem.isEmpty(); from += AT_ONCE) {
                    List<Future<Answer<PinStatus>>> some = cids.subList(from, Math.min(from + AT_ONCE, cids.size()))
                            .stream()
                            .map(cid -> lookups.submit(() -> statuses.status(cid, scope)))
                            .toList();
                    problem = hand(some, line);
                }
                return problem;
            }
        });
    }

    private static Optional<Reply.Problem> hand(List<Future<Answer<PinStatus>>> lookups,
            Consumer<Consumer<? super JsonGenerator>> line) {
        for (Future<Answer<PinStatus>> lookup : lookups) {
            switch (await(lookup)) {
                case Answer.Done<PinStatus>(PinStatus status) -> line.accept(json -> StatusJson.write(json, status));
                case Answer.Failed<PinStatus>(Failure failure) -> {
                    return Optional.of(Replies.problem(failure));
                }
            }
        }
        return Optional.empty();
    }

    private static Answer<PinStatus> await(Future<Answer<PinStatus>> lookup) {
        try {
            return lookup.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Answer.failed(new Failure.NotReady("it is stopping"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a status lookup failed", e.getCause());
        }
    }
}
