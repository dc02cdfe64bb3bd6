package io.pinfold.rpc.client;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.Deadline;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Calls methods of other peers, one stream a call.
 *
 * <p>Calls block the calling thread for at most their timeout; interrupting it, or closing the answer or the client from
 * another thread, ends them at once. A peer's answer is held to the bounds of our own table.
 */
public final class RpcClient implements AutoCloseable {

    private final Host host;
    private final InstantSource clock;
    private final RpcClientConfig config;
    private final RpcMeter meter;
    private final OpenCalls calls;

    /** A client that opens its streams on {@code host}, which it does not close. */
    public RpcClient(Host host, InstantSource clock, RpcClientConfig config, RpcMeter meter) {
        this.host = host;
        this.clock = ForwardClock.of(clock);
        this.config = config;
        this.meter = meter;
        this.calls = new OpenCalls(config.maxCalls());
    }

    /** Calls {@code method}, which answers with exactly one item. */
    public RpcResult<Bytes> call(PeerId peer, Method method, Bytes request, Duration timeout) {
        return open(peer, method, request, timeout).then(answer -> {
            try (answer) {
                return single(answer);
            }
        });
    }

    private static RpcResult<Bytes> single(AnswerStream answer) {
        return switch (answer.next()) {
            case AnswerStream.Next.Failed(RpcFailure failure) -> new RpcResult.Failed<>(failure);
            case AnswerStream.Next.End() -> broken(Refusal.Kind.TRUNCATED, "the answer has no item");
            case AnswerStream.Next.Item(Bytes body) -> switch (answer.next()) {
                case AnswerStream.Next.Failed(RpcFailure failure) -> new RpcResult.Failed<>(failure);
                case AnswerStream.Next.End() -> new RpcResult.Ok<>(body);
                case AnswerStream.Next.Item _ -> broken(Refusal.Kind.TOO_MANY, "the answer has several items");
            };
        };
    }

    private static RpcResult<Bytes> broken(Refusal.Kind kind, String detail) {
        return new RpcResult.Failed<>(new RpcFailure.Broken(new Refusal(kind, detail)));
    }

    /**
     * Calls {@code method} and gives its answer item by item.
     *
     * @param timeout longest time for the whole call, from 1 ms; the called side holds to the shorter of it and its own
     * @throws IllegalArgumentException if the request is above the method's bound
     */
    public RpcResult<AnswerStream> open(PeerId peer, Method method, Bytes request, Duration timeout) {
        if (request.size() > method.requestBytes()) {
            throw new IllegalArgumentException(method.name() + " takes at most " + method.requestBytes() + " bytes");
        }
        Optional<RpcFailure> refused = calls.begin();
        if (refused.isPresent()) {
            return new RpcResult.Failed<>(refused.get());
        }
        boolean answered = false;
        try {
            RpcResult<AnswerStream> result = begin(peer, method, request, timeout);
            answered = result instanceof RpcResult.Ok<AnswerStream>;
            return result;
        } finally {
            if (!answered) {
                calls.abandon();
            }
        }
    }

    private RpcResult<AnswerStream> begin(PeerId peer, Method method, Bytes request, Duration timeout) {
        Deadline deadline = new Deadline(clock, clock.instant().plus(timeout), config.idleTimeout());
        Duration openTimeout = timeout.compareTo(config.openTimeout()) < 0 ? timeout : config.openTimeout();
        OpenResult opened = host.open(peer, List.of(RpcProtocol.ID), openTimeout);
        if (!(opened instanceof OpenResult.Opened(Stream stream))) {
            return new RpcResult.Failed<>(StreamFailures.of(opened));
        }
        try {
            deadline.applyTo(stream);
            FrameWriter.write(stream.output(), new Frame.Request(method.name(), timeout, request));
            stream.closeWrite();
        } catch (IOException e) {
            stream.reset();
            return new RpcResult.Failed<>(StreamFailures.of(e, false));
        }
        FramedAnswer answer = new FramedAnswer(stream, method.answer(), deadline, meter, calls::end);
        if (!calls.add(answer)) {
            stream.reset();
            return new RpcResult.Failed<>(new RpcFailure.Cancelled());
        }
        return new RpcResult.Ok<>(answer);
    }

    /** Ends every call that is running; later ones fail as cancelled. */
    @Override
    public void close() {
        calls.close();
    }
}
