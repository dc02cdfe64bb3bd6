package io.pinfold.rpc.server;

import io.pinfold.multiformats.Bytes;
import io.pinfold.rpc.Access;
import io.pinfold.rpc.AnswerBounds;
import io.pinfold.rpc.CallerLimits;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcFixture;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.client.AnswerStream;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcFailure;
import io.pinfold.rpc.client.RpcResult;
import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What callers get from a server, honest ones and greedy ones. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RpcServerTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Bytes NOTHING = Bytes.EMPTY;
    private static final Bytes MEGABYTE = Bytes.copyOf(new byte[1 << 20]);

    private final RpcFixture fixture = new RpcFixture();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Method method(Access access, AnswerBounds answer, Duration deadline, CallerLimits limits) {
        return new Method("m", access, 64, answer, deadline, limits);
    }

    private static final Method ECHO = method(Access.OPEN, AnswerBounds.single(64), LONG, new CallerLimits(2, 3));
    private static final Method BLOCKS = method(Access.OPEN, new AnswerBounds(8, 1 << 20, 8 << 20), LONG,
            new CallerLimits(2, 100));

    private RpcServer serve(Method method, RpcHandler handler) {
        return fixture.serve(MethodTable.of(method), Map.of("m", handler), RpcServerConfig.DEFAULT);
    }

    private static RpcHandler.Outcome echo(RpcCall call, AnswerSink answers) throws java.io.IOException {
        answers.send(call.body());
        return RpcHandler.done();
    }

    @Test
    void aHandlerForEachMethodAndAMethodForEachHandler() {
        assertThatThrownBy(() -> fixture.serve(MethodTable.standard(), Map.of(), RpcServerConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        Map<String, RpcHandler> handlers = MethodTable.standard()
                .methods()
                .stream()
                .collect(Collectors.toMap(Method::name, _ -> RpcServerTest::echo));
        RpcServer _ = fixture.serve(MethodTable.standard(), handlers, RpcServerConfig.DEFAULT);
        handlers.put("pin.add", RpcServerTest::echo);
        assertThatThrownBy(() -> fixture.serve(MethodTable.standard(), handlers, RpcServerConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pin.add");
    }

    @Test
    void localMethodsNeedNoHandlerAndMayHaveNone() {
        Method local = method(Access.LOCAL, AnswerBounds.single(1), LONG, new CallerLimits(1, 1));

        RpcServer _ = fixture.serve(MethodTable.of(local), Map.of(), RpcServerConfig.DEFAULT);
        assertThatThrownBy(() -> serve(local, RpcServerTest::echo)).isInstanceOf(IllegalArgumentException.class);
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
        RpcServer _ = serve(method, RpcServerTest::echo);

        assertThat(fixture.client(fixture.friend).call(fixture.called.id(), method, NOTHING, LONG))
                .isInstanceOf(RpcResult.Ok.class);
        assertThat(code(fixture.client(fixture.stranger).call(fixture.called.id(), method, NOTHING, LONG)))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void callsOfAMinuteAreCountedByCaller() {
        ManualClock clock = new ManualClock();
        RpcServer _ = fixture.serve(MethodTable.of(ECHO), Map.of("m", RpcServerTest::echo), RpcServerConfig.DEFAULT,
                clock, Pause.SLEEP);
        RpcClient stranger = fixture.client(fixture.stranger);
        for (int i = 0; i < 3; i++) {
            assertThat(stranger.call(fixture.called.id(), ECHO, NOTHING, LONG)).isInstanceOf(RpcResult.Ok.class);
        }

        assertThat(stranger.call(fixture.called.id(), ECHO, NOTHING, LONG))
                .isEqualTo(failed(ErrorCode.LIMIT, "too many calls of m", Optional.of(Duration.ofSeconds(20))));
        assertThat(fixture.client(fixture.friend).call(fixture.called.id(), ECHO, NOTHING, LONG))
                .isInstanceOf(RpcResult.Ok.class);
        clock.advance(Duration.ofSeconds(20));
        assertThat(stranger.call(fixture.called.id(), ECHO, NOTHING, LONG)).isInstanceOf(RpcResult.Ok.class);
    }

    @Test
    void callsAtOnceAreCountedByCaller() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        RpcServer _ = serve(ECHO, (call, answers) -> {
            begun.countDown();
            go.await();
            return echo(call, answers);
        });
        RpcClient stranger = fixture.client(fixture.stranger);
        List<CompletableFuture<RpcResult<Bytes>>> running = List.of(later(stranger), later(stranger));
        begun.await();

        assertThat(code(stranger.call(fixture.called.id(), ECHO, NOTHING, LONG))).isEqualTo(ErrorCode.LIMIT);
        go.countDown();
        for (CompletableFuture<RpcResult<Bytes>> call : running) {
            assertThat(call.get()).isInstanceOf(RpcResult.Ok.class);
        }
    }

    private CompletableFuture<RpcResult<Bytes>> later(RpcClient client) {
        CompletableFuture<RpcResult<Bytes>> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> result.complete(client.call(fixture.called.id(), ECHO, NOTHING, LONG)));
        return result;
    }

    @Test
    void aHandlerThatHangsIsInterruptedAtTheDeadline() {
        Method quick = method(Access.OPEN, AnswerBounds.single(1), Duration.ofMillis(50), new CallerLimits(1, 9));
        RpcServer _ = serve(quick, (_, _) -> {
            never.await();
            return RpcHandler.done();
        });

        assertThat(code(fixture.client(fixture.friend).call(fixture.called.id(), quick, NOTHING, LONG)))
                .isEqualTo(ErrorCode.DEADLINE);
        assertThat(code(fixture.client(fixture.friend).call(fixture.called.id(), quick, NOTHING, LONG)))
                .as("the place was given back")
                .isEqualTo(ErrorCode.DEADLINE);
    }

    @Test
    void theCallersTimeoutHoldsIfItIsShorter() {
        List<Instant> deadlines = new ArrayList<>();
        ManualClock clock = new ManualClock();
        RpcServer _ = fixture.serve(MethodTable.of(ECHO), Map.of("m", (call, answers) -> {
            deadlines.add(call.deadline());
            return echo(call, answers);
        }), RpcServerConfig.DEFAULT, clock, Pause.SLEEP);
        RpcResult<Bytes> _ = fixture.client(fixture.friend)
                .call(fixture.called.id(), ECHO, NOTHING, Duration.ofSeconds(7));
        RpcResult<Bytes> _ = fixture.client(fixture.friend)
                .call(fixture.called.id(), ECHO, NOTHING, Duration.ofHours(7));

        assertThat(deadlines).containsExactly(ManualClock.START.plusSeconds(7), ManualClock.START.plus(LONG));
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
    void aHandlerThatAnswersMoreThanTheTableAllowsIsStopped() {
        RpcServer _ = serve(ECHO, (_, answers) -> {
            assertThat(answers.fits(65)).isFalse();
            assertThat(answers.fits(64)).isTrue();
            answers.send(NOTHING);
            assertThat(answers.fits(0)).isFalse();
            answers.send(NOTHING);
            return RpcHandler.done();
        });

        assertThat(code(fixture.client(fixture.stranger).call(fixture.called.id(), ECHO, NOTHING, LONG)))
                .isEqualTo(ErrorCode.INTERNAL);
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

    @Test
    void whoDoesNotReadIsCutOffAtTheDeadline() throws Exception {
        Method stream = method(Access.OPEN, new AnswerBounds(8, 1 << 20, 8 << 20), Duration.ofMillis(100),
                new CallerLimits(1, 9));
        RpcServer _ = serve(stream, RpcServerTest::endless);

        RpcResult<AnswerStream> _ = fixture.client(fixture.stranger).open(fixture.called.id(), stream, NOTHING, LONG);
        fixture.served.await(RpcMeter.ABANDONED, 1);
    }

    private static RpcHandler.Outcome endless(RpcCall call, AnswerSink answers) throws java.io.IOException {
        while (answers.fits(MEGABYTE.size())) {
            answers.send(MEGABYTE);
        }
        return RpcHandler.done();
    }

    @Test
    void strangersDrawOnABudgetAndFriendsDoNot() {
        ManualClock clock = new ManualClock();
        List<Duration> pauses = new ArrayList<>();
        Pause pause = time -> {
            pauses.add(time);
            clock.advance(time);
        };
        RpcServerConfig narrow = new RpcServerConfig(8, 8, 8, LONG, 1 << 20, 2 << 20);
        RpcServer _ = fixture.serve(MethodTable.of(BLOCKS), Map.of("m", RpcServerTest::endless), narrow, clock, pause);

        assertThat(drain(fixture.client(fixture.friend))).isEqualTo(new AnswerStream.Next.End());
        assertThat(pauses).isEmpty();
        assertThat(drain(fixture.client(fixture.stranger))).isEqualTo(new AnswerStream.Next.End());
        assertThat(pauses).hasSize(6).allMatch(Duration.ofSeconds(1)::equals);
    }

    @Test
    void anAnswerThatTheBudgetWouldHoldUpForTooLongIsALimit() {
        RpcServerConfig narrow = new RpcServerConfig(8, 8, 8, LONG, 1 << 10, 1 << 20);
        RpcServer _ = fixture.serve(MethodTable.of(BLOCKS), Map.of("m", RpcServerTest::endless), narrow);

        assertThat(drain(fixture.client(fixture.stranger)))
                .isEqualTo(new AnswerStream.Next.Failed(new RpcFailure.Refused(
                        ErrorCode.LIMIT, "too much is being sent to others", Optional.of(Duration.ofSeconds(5)))));
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

    private AnswerStream.Next drain(RpcClient client) {
        try (AnswerStream answer = open(client)) {
            AnswerStream.Next next = answer.next();
            while (next instanceof AnswerStream.Next.Item) {
                next = answer.next();
            }
            return next;
        }
    }

    private AnswerStream open(RpcClient client) {
        return switch (client.open(fixture.called.id(), BLOCKS, NOTHING, LONG)) {
            case RpcResult.Ok<AnswerStream>(AnswerStream answer) -> answer;
            case RpcResult.Failed<AnswerStream>(RpcFailure failure) -> throw new AssertionError(failure);
        };
    }

    private static RpcResult<Bytes> failed(ErrorCode code, String detail, Optional<Duration> retry) {
        return new RpcResult.Failed<>(new RpcFailure.Refused(code, detail, retry));
    }

    private static ErrorCode code(RpcResult<Bytes> result) {
        if (result instanceof RpcResult.Failed<Bytes>(RpcFailure failure)
                && failure instanceof RpcFailure.Refused(ErrorCode code, _, _)) {
            return code;
        }
        throw new AssertionError(result);
    }
}
