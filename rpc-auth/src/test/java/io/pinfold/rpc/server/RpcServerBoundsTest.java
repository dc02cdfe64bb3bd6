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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What greedy and slow callers get, and handlers that hang. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RpcServerBoundsTest extends ServedMethod {

    @Test
    void callsOfAMinuteAreCountedByCaller() {
        ManualClock clock = new ManualClock();
        RpcServer _ = fixture.serve(MethodTable.of(ECHO), Map.of("m", ServedMethod::echo), RpcServerConfig.DEFAULT,
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
    void whoDoesNotReadIsCutOffAtTheDeadline() throws Exception {
        Method stream = method(Access.OPEN, new AnswerBounds(8, 1 << 20, 8 << 20), Duration.ofMillis(100),
                new CallerLimits(1, 9));
        RpcServer _ = serve(stream, ServedMethod::endless);

        RpcResult<AnswerStream> _ = fixture.client(fixture.stranger).open(fixture.called.id(), stream, NOTHING, LONG);
        fixture.served.await(RpcMeter.ABANDONED, 1);
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
        RpcServer _ = fixture.serve(MethodTable.of(BLOCKS), Map.of("m", ServedMethod::endless), narrow, clock, pause);

        assertThat(drain(fixture.client(fixture.friend))).isEqualTo(new AnswerStream.Next.End());
        assertThat(pauses).isEmpty();
        assertThat(drain(fixture.client(fixture.stranger))).isEqualTo(new AnswerStream.Next.End());
        assertThat(pauses).hasSize(6).allMatch(Duration.ofSeconds(1)::equals);
    }

    @Test
    void anAnswerThatTheBudgetWouldHoldUpForTooLongIsALimit() {
        RpcServerConfig narrow = new RpcServerConfig(8, 8, 8, LONG, 1 << 10, 1 << 20);
        RpcServer _ = fixture.serve(MethodTable.of(BLOCKS), Map.of("m", ServedMethod::endless), narrow);

        assertThat(drain(fixture.client(fixture.stranger)))
                .isEqualTo(new AnswerStream.Next.Failed(new RpcFailure.Refused(
                        ErrorCode.LIMIT, "too much is being sent to others", Optional.of(Duration.ofSeconds(5)))));
    }
}
