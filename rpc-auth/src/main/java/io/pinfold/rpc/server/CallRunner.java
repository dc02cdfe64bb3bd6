package io.pinfold.rpc.server;

import io.pinfold.libp2p.Stream;
import io.pinfold.rpc.Deadline;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameWriter;
import io.pinfold.rpc.server.RpcHandler.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs handlers within their time, and ends every answer with an end, an error, or a reset. */
final class CallRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);
    private static final Duration BUDGET_RETRY = Duration.ofSeconds(5);

    private final RpcServer.Environment environment;
    private final EgressBudget budget;
    private final RpcMeter meter;
    private final Refusals refusals;

    CallRunner(RpcServerConfig config, RpcServer.Environment environment, Refusals refusals) {
        this.environment = environment;
        this.refusals = refusals;
        this.meter = environment.meter();
        this.budget = new EgressBudget(config.egressBytesPerSecond(), config.egressBurstBytes(), environment.clock());
    }

    /** Runs {@code handler} for {@code call} and ends the answer on {@code stream}. */
    void run(Stream stream, RpcCall call, RpcHandler handler) {
        meter.count(RpcMeter.SERVED, 1);
        Duration time = Duration.between(environment.clock().instant(), call.deadline());
        Deadline deadline = new Deadline(environment.clock(), call.deadline(), time);
        StreamSink sink = new StreamSink(stream, call.method().answer(), deadline, call.trusted() ? null : budget,
                environment.pause(), meter);
        Ending ending;
        try (DeadlineWatch watch = new DeadlineWatch(environment.scheduler(), time)) {
            ending = ending(call, handler, sink, watch);
        }
        finish(stream, ending, deadline);
    }

    private static Ending ending(RpcCall call, RpcHandler handler, StreamSink sink, DeadlineWatch watch) {
        try {
            return new Ending.Of(handler.handle(call, sink));
        } catch (AnswerStoppedException stopped) {
            return stopped(call, stopped);
        } catch (InterruptedException | InterruptedIOException e) {
            return watch.fired()
                    ? new Ending.Late()
                    : new Ending.Of(RpcHandler.refused(ErrorCode.UNAVAILABLE, "closing"));
        } catch (IOException | RuntimeException e) {
            if (watch.fired()) {
                return new Ending.Late();
            }
            LOG.warn("{} for {} failed", call.method().name(), call.caller(), e);
            return new Ending.Of(RpcHandler.refused(ErrorCode.INTERNAL, "see the log of the called peer"));
        }
    }

    private static Ending stopped(RpcCall call, AnswerStoppedException stopped) {
        return switch (stopped.reason()) {
            case CALLER_GONE, DEADLINE -> new Ending.CutOff();
            case BUDGET -> new Ending.OverBudget();
            case OVER_BOUND -> {
                LOG.warn("{} sent more than the table allows", call.method().name(), stopped);
                yield new Ending.Of(RpcHandler.refused(ErrorCode.INTERNAL, "answer over its bound"));
            }
        };
    }

    private void finish(Stream stream, Ending ending, Deadline deadline) {
        switch (ending) {
            case Ending.Of(Outcome.Done()) -> end(stream, deadline);
            case Ending.Of(Outcome.Refused(ErrorCode code, String detail)) ->
                refusals.send(stream, code, detail, Optional.empty());
            case Ending.Late() ->
                refusals.send(stream, ErrorCode.DEADLINE, "the answer took too long", Optional.empty());
            case Ending.OverBudget() -> refusals.send(stream, ErrorCode.LIMIT, "too much is being sent to others",
                    Optional.of(BUDGET_RETRY));
            case Ending.CutOff() -> {
                meter.count(RpcMeter.ABANDONED, 1);
                stream.reset();
            }
        }
    }

    private void end(Stream stream, Deadline deadline) {
        try {
            deadline.applyTo(stream);
            FrameWriter.write(stream.output(), new Frame.End());
            stream.close();
        } catch (IOException _) {
            meter.count(RpcMeter.ABANDONED, 1);
            stream.reset();
        }
    }

    /** How an answer ends on the wire. */
    private sealed interface Ending {
        /** As the handler says. */
        record Of(Outcome outcome) implements Ending {}

        /** The time was up between two items. */
        record Late() implements Ending {}

        /** The budget of outgoing bytes would not allow the next item in time. */
        record OverBudget() implements Ending {}

        /** The caller is gone, or stopped reading within an item. */
        record CutOff() implements Ending {}
    }
}
