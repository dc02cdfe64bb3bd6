package io.pinfold.rpc.server;

import io.pinfold.multiformats.Bytes;
import io.pinfold.rpc.Access;
import io.pinfold.rpc.AnswerBounds;
import io.pinfold.rpc.CallerLimits;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcFixture;
import io.pinfold.rpc.client.AnswerStream;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcFailure;
import io.pinfold.rpc.client.RpcResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** A server of one method, and callers whom it knows or not. */
abstract class ServedMethod {

    static final Duration LONG = Duration.ofSeconds(20);
    static final Bytes NOTHING = Bytes.EMPTY;
    static final Bytes MEGABYTE = Bytes.copyOf(new byte[1 << 20]);

    final RpcFixture fixture = new RpcFixture();
    final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    static Method method(Access access, AnswerBounds answer, Duration deadline, CallerLimits limits) {
        return new Method("m", access, 64, answer, deadline, limits);
    }

    static final Method ECHO = method(Access.OPEN, AnswerBounds.single(64), LONG, new CallerLimits(2, 3));
    static final Method BLOCKS = method(Access.OPEN, new AnswerBounds(8, 1 << 20, 8 << 20), LONG,
            new CallerLimits(2, 100));

    RpcServer serve(Method method, RpcHandler handler) {
        return fixture.serve(MethodTable.of(method), Map.of("m", handler), RpcServerConfig.DEFAULT);
    }

    static RpcHandler.Outcome echo(RpcCall call, AnswerSink answers) throws java.io.IOException {
        answers.send(call.body());
        return RpcHandler.done();
    }

    CompletableFuture<RpcResult<Bytes>> later(RpcClient client) {
        CompletableFuture<RpcResult<Bytes>> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> result.complete(client.call(fixture.called.id(), ECHO, NOTHING, LONG)));
        return result;
    }

    static RpcHandler.Outcome endless(RpcCall call, AnswerSink answers) throws java.io.IOException {
        while (answers.fits(MEGABYTE.size())) {
            answers.send(MEGABYTE);
        }
        return RpcHandler.done();
    }

    AnswerStream.Next drain(RpcClient client) {
        try (AnswerStream answer = open(client)) {
            AnswerStream.Next next = answer.next();
            while (next instanceof AnswerStream.Next.Item) {
                next = answer.next();
            }
            return next;
        }
    }

    AnswerStream open(RpcClient client) {
        return switch (client.open(fixture.called.id(), BLOCKS, NOTHING, LONG)) {
            case RpcResult.Ok<AnswerStream>(AnswerStream answer) -> answer;
            case RpcResult.Failed<AnswerStream>(RpcFailure failure) -> throw new AssertionError(failure);
        };
    }

    static RpcResult<Bytes> failed(ErrorCode code, String detail, Optional<Duration> retry) {
        return new RpcResult.Failed<>(new RpcFailure.Refused(code, detail, retry));
    }

    static ErrorCode code(RpcResult<Bytes> result) {
        if (result instanceof RpcResult.Failed<Bytes>(RpcFailure failure)
                && failure instanceof RpcFailure.Refused(ErrorCode code, _, _)) {
            return code;
        }
        throw new AssertionError(result);
    }
}
