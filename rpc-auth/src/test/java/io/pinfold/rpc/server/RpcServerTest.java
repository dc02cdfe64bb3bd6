package io.pinfold.rpc.server;

import io.pinfold.multiformats.Bytes;
import io.pinfold.rpc.Access;
import io.pinfold.rpc.AnswerBounds;
import io.pinfold.rpc.CallerLimits;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.client.AnswerStream;
import io.pinfold.rpc.client.RpcFailure;
import io.pinfold.rpc.client.RpcResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may call what, and what becomes of the answer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RpcServerTest extends ServedMethod {

    @Test
    void aHandlerForEachMethodAndAMethodForEachHandler() {
        assertThatThrownBy(() -> fixture.serve(MethodTable.standard(), Map.of(), RpcServerConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        Map<String, RpcHandler> handlers = MethodTable.standard()
                .methods()
                .stream()
                .collect(Collectors.toMap(Method::name, _ -> ServedMethod::echo));
        RpcServer _ = fixture.serve(MethodTable.standard(), handlers, RpcServerConfig.DEFAULT);
        handlers.put("pin.add", ServedMethod::echo);
        assertThatThrownBy(() -> fixture.serve(MethodTable.standard(), handlers, RpcServerConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pin.add");
    }

    @Test
    void localMethodsNeedNoHandlerAndMayHaveNone() {
        Method local = method(Access.LOCAL, AnswerBounds.single(1), LONG, new CallerLimits(1, 1));

        RpcServer _ = fixture.serve(MethodTable.of(local), Map.of(), RpcServerConfig.DEFAULT);
        assertThatThrownBy(() -> serve(local, ServedMethod::echo)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHandlerSeesWhoCallsAndWhetherHeIsTrusted() {
        List<RpcCall> calls = new ArrayList<>();
        RpcServer _ = serve(ECHO, (call, answers) -> {
            calls.add(call);
            return echo(call, answers);
        });

        assertThat(fixture.client(fixture.friend).call(fixture.called.id(), ECHO, Bytes.fromHex("2a"), LONG))
                .isEqualTo(new RpcResult.Ok<>(Bytes.fromHex("2a")));
        assertThat(fixture.client(fixture.stranger).call(fixture.called.id(), ECHO, NOTHING, LONG))
                .isInstanceOf(RpcResult.Ok.class);
        assertThat(calls).extracting(RpcCall::caller).containsExactly(fixture.friend.id(), fixture.stranger.id());
        assertThat(calls).extracting(RpcCall::trusted).containsExactly(true, false);
        assertThat(fixture.served.of(RpcMeter.SENT)).isEqualTo(1);
    }

    @Test
    void trustedMethodsAnswerThoseWhoAreTrusted() {
        Method method = method(Access.TRUSTED, AnswerBounds.single(64), LONG, new CallerLimits(1, 9));
        RpcServer _ = serve(method, ServedMethod::echo);

        assertThat(fixture.client(fixture.friend).call(fixture.called.id(), method, NOTHING, LONG))
                .isInstanceOf(RpcResult.Ok.class);
        assertThat(code(fixture.client(fixture.stranger).call(fixture.called.id(), method, NOTHING, LONG)))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aBugInAHandlerIsInternalAndTellsNothing() {
        RpcServer _ = serve(ECHO, (_, _) -> {
            throw new IllegalStateException("secret");
        });

        assertThat(fixture.client(fixture.stranger).call(fixture.called.id(), ECHO, NOTHING, LONG))
                .isEqualTo(failed(ErrorCode.INTERNAL, "see the log of the called peer", Optional.empty()));
    }

    @Test
    void aRefusalOfTheHandlerReachesTheCallerBehindTheItems() {
        RpcServer _ = serve(BLOCKS, (_, answers) -> {
            answers.send(NOTHING);
            return RpcHandler.refused(ErrorCode.NOT_FOUND, "no block at height 2");
        });

        try (AnswerStream answer = open(fixture.client(fixture.stranger))) {
            assertThat(answer.next()).isEqualTo(new AnswerStream.Next.Item(NOTHING));
            assertThat(answer.next()).isEqualTo(new AnswerStream.Next.Failed(
                    new RpcFailure.Refused(ErrorCode.NOT_FOUND, "no block at height 2", Optional.empty())));
        }
    }

    /** The handler goes on for a while after its interruption, and sees whether closing is over before it is. */
    @Test
    void closingEndsWhatRunsAndWaitsForIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Boolean> closedEarly = new CompletableFuture<>();
        RpcServer server = serve(ECHO, (_, _) -> {
            try {
                begun.countDown();
                never.await();
            } catch (InterruptedException e) {
                closedEarly.complete(closed.await(200, TimeUnit.MILLISECONDS));
            }
            return RpcHandler.done();
        });
        CompletableFuture<RpcResult<Bytes>> call = later(fixture.client(fixture.friend));
        begun.await();

        server.close();
        closed.countDown();
        assertThat(closedEarly.get()).isFalse();
        assertThat(call.get()).isInstanceOf(RpcResult.Failed.class);
        assertThat(fixture.client(fixture.friend).call(fixture.called.id(), ECHO, NOTHING, LONG))
                .isEqualTo(new RpcResult.Failed<>(new RpcFailure.Unsupported()));
    }
}
