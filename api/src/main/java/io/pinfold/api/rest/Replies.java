package io.pinfold.api.rest;

import io.pinfold.api.http.Reply;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Turns a peer's answers into replies; the one place that gives failures their HTTP status. */
final class Replies {

    private static final String RETRY_SECONDS = "5";

    private Replies() {}

    /** The value in its shape, or the failure. */
    static <T> Reply value(Answer<T> answer, BiConsumer<JsonGenerator, T> shape) {
        return switch (answer) {
            case Answer.Done<T>(T value) -> Reply.ok(json -> shape.accept(json, value));
            case Answer.Failed<T>(Failure failure) -> problem(failure);
        };
    }

    /** A line per item that {@code list} hands over. */
    static <T> Reply lines(BiConsumer<JsonGenerator, T> shape, Function<Consumer<T>, Answer<Long>> list) {
        return new Reply.Lines(line -> end(list.apply(item -> line.accept(json -> shape.accept(json, item)))));
    }

    /** What a list ended with. */
    static Optional<Reply.Problem> end(Answer<?> answer) {
        return answer instanceof Answer.Failed<?>(Failure failure) ? Optional.of(problem(failure)) : Optional.empty();
    }

    /** A failure with its status. */
    static Reply.Problem problem(Failure failure) {
        int status = status(failure);
        Reply.Problem problem = Reply.problem(status, failure.sentence());
        return status == 503 ? problem.with("Retry-After", RETRY_SECONDS) : problem;
    }

    private static int status(Failure failure) {
        return switch (failure) {
            case Failure.NotInPinset _ -> 404;
            case Failure.Invalid _,Failure.Unresolved _ -> 400;
            case Failure.NotAWriter(var why) -> switch (why) {
                case FOLLOWER_MODE, KEY_NOT_TRUSTED -> 403;
                case WAITING_FOR_PEERS, CLOCK_SKEWED -> 503;
            };
            case Failure.BackendAway _,Failure.Busy _,Failure.NotReady _ -> 503;
            case Failure.PeerAway _ -> 502;
            case Failure.NotStored _ -> 500;
            case Failure.Unsupported _ -> 501;
        };
    }
}
