package io.pinfold.rpc.client;

import io.pinfold.libp2p.StreamHandler;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.rpc.Access;
import io.pinfold.rpc.AnswerBounds;
import io.pinfold.rpc.CallerLimits;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.RpcFixture;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A caller meets peers that answer wrongly, too much, too late or not at all. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RpcClientTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Method ONE = new Method("one", Access.OPEN, 4, AnswerBounds.single(16), LONG,
            new CallerLimits(1, 1));
    private static final Method MANY = new Method("many", Access.OPEN, 4, new AnswerBounds(10, 1024, 4096), LONG,
            new CallerLimits(1, 1));

    private final RpcFixture fixture = new RpcFixture();
    private final RpcClient client = fixture.client(fixture.friend);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static StreamHandler frames(Frame... frames) {
        return stream -> {
            for (Frame frame : frames) {
                FrameWriter.write(stream.output(), frame);
            }
            stream.closeWrite();
        };
    }

    private static StreamHandler endless(Frame frame) {
        return stream -> {
            while (true) {
                FrameWriter.write(stream.output(), frame);
            }
        };
    }

    private static StreamHandler bytes(String hex) {
        return stream -> {
            stream.output().write(Bytes.fromHex(hex).toArray());
            stream.closeWrite();
        };
    }

    private RpcFailure failure(StreamHandler peer) {
        return failure(peer, LONG);
    }

    private RpcFailure failure(StreamHandler peer, Duration timeout) {
        fixture.serveRaw(peer);
        RpcResult<Bytes> result = client.call(fixture.called.id(), ONE, Bytes.EMPTY, timeout);
        return result instanceof RpcResult.Failed<Bytes>(RpcFailure failure) ? failure : new RpcFailure.Unsupported();
    }

    private static Kind kind(RpcFailure failure) {
        if (failure instanceof RpcFailure.Broken(Refusal refusal)) {
            return refusal.kind();
        }
        throw new AssertionError(failure);
    }

    @Test
    void answersThatBreakTheProtocol() {
        Frame item = new Frame.Item(Bytes.fromHex("00"));
        assertThat(kind(failure(bytes("")))).isEqualTo(Kind.TRUNCATED);
        assertThat(kind(failure(bytes("0502")))).isEqualTo(Kind.TRUNCATED);
        assertThat(kind(failure(bytes("01ff")))).isEqualTo(Kind.UNSUPPORTED);
        assertThat(kind(failure(bytes("808001")))).isEqualTo(Kind.TOO_LONG);
        assertThat(kind(failure(bytes("020300")))).isEqualTo(Kind.TRAILING);
        assertThat(kind(failure(frames(new Frame.End())))).isEqualTo(Kind.TRUNCATED);
        assertThat(kind(failure(frames(item)))).isEqualTo(Kind.TRUNCATED);
        assertThat(kind(failure(frames(item, item, new Frame.End())))).isEqualTo(Kind.TOO_MANY);
        assertThat(kind(failure(frames(new Frame.Item(Bytes.copyOf(new byte[17])), new Frame.End()))))
                .isEqualTo(Kind.TOO_LONG);
        assertThat(kind(failure(frames(new Frame.Request("id", LONG, Bytes.EMPTY))))).isEqualTo(Kind.WRONG_TYPE);
        assertThat(fixture.received.of(RpcMeter.malformed(Kind.TOO_LONG))).isEqualTo(2);
    }

    @Test
    void anEndlessAnswerEndsAtTheBoundOfItems() {
        fixture.serveRaw(endless(new Frame.Item(Bytes.EMPTY)));

        assertThat(drained()).isEqualTo(Kind.TOO_MANY);
    }

    @Test
    void anEndlessAnswerEndsAtTheBoundOfBytes() {
        fixture.serveRaw(endless(new Frame.Item(Bytes.copyOf(new byte[1024]))));

        assertThat(drained()).isEqualTo(Kind.TOO_LONG);
        assertThat(fixture.received.of(RpcMeter.RECEIVED)).isEqualTo(5 * 1024);
    }

    private Kind drained() {
        try (AnswerStream answer = open()) {
            AnswerStream.Next next = answer.next();
            for (int items = 0; next instanceof AnswerStream.Next.Item; items++) {
                assertThat(items).isLessThan(10);
                next = answer.next();
            }
            assertThat(answer.next()).as("a failure stays").isEqualTo(next);
            return next instanceof AnswerStream.Next.Failed(RpcFailure failure) ? kind(failure) : Kind.MALFORMED;
        }
    }

    @Test
    void aPeerThatResetsOrIsAwayOrSpeaksNoRpc() {
        assertThat(failure(stream -> stream.reset())).isInstanceOf(RpcFailure.Disconnected.class);
        fixture.called.unhandle(io.pinfold.rpc.RpcProtocol.ID);
        assertThat(client.call(fixture.called.id(), ONE, Bytes.EMPTY, LONG))
                .isEqualTo(new RpcResult.Failed<>(new RpcFailure.Unsupported()));
        assertThat(client.call(SimNetwork.keyOf(99).peerId(), ONE, Bytes.EMPTY, LONG))
                .isInstanceOfSatisfying(RpcResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(RpcFailure.Unreachable.class));
    }

    @Test
    void aSilentPeerTimesOut() {
        CountDownLatch never = new CountDownLatch(1);
        StreamHandler silent = _ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThat(failure(silent, Duration.ofMillis(50))).isEqualTo(new RpcFailure.TimedOut());
        try (RpcClient impatient = new RpcClient(fixture.friend, InstantSource.system(),
                new RpcClientConfig(1, LONG, Duration.ofMillis(50)), RpcMeter.NONE)) {
            assertThat(impatient.call(fixture.called.id(), ONE, Bytes.EMPTY, LONG))
                    .isEqualTo(new RpcResult.Failed<>(new RpcFailure.TimedOut()));
        }
    }

    @Test
    void closingTheAnswerCancelsAWaitAndTellsThePeer() throws Exception {
        CountDownLatch reset = new CountDownLatch(1);
        fixture.serveRaw(stream -> {
            try {
                stream.input().readAllBytes();
                endless(new Frame.Item(Bytes.EMPTY)).handle(stream);
            } finally {
                reset.countDown();
            }
        });
        AnswerStream answer = open();
        AnswerStream.Next _ = answer.next();
        answer.close();

        assertThat(answer.next()).isEqualTo(new AnswerStream.Next.Failed(new RpcFailure.Cancelled()));
        assertThat(reset.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interruptingTheCallerCancels() throws Exception {
        assertCancelled(Thread::interrupt);
    }

    @Test
    void closingTheClientCancels() throws Exception {
        assertCancelled(_ -> client.close());
        assertThat(client.call(fixture.called.id(), ONE, Bytes.EMPTY, LONG))
                .isEqualTo(new RpcResult.Failed<>(new RpcFailure.Cancelled()));
    }

    private void assertCancelled(java.util.function.Consumer<Thread> cancel) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<RpcResult<Bytes>> result = new CompletableFuture<>();
        CountDownLatch held = new CountDownLatch(1);
        fixture.serveRaw(stream -> {
            stream.input().readAllBytes();
            asked.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread caller = Thread.startVirtualThread(
                () -> result.complete(client.call(fixture.called.id(), ONE, Bytes.EMPTY, LONG)));
        asked.await();
        cancel.accept(caller);

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new RpcResult.Failed<>(new RpcFailure.Cancelled()));
    }

    @Test
    void callsAtOnceAreBounded() {
        fixture.serveRaw(endless(new Frame.Item(Bytes.EMPTY)));
        try (RpcClient narrow = new RpcClient(fixture.friend, InstantSource.system(),
                new RpcClientConfig(1, LONG, LONG), RpcMeter.NONE)) {
            RpcResult<AnswerStream> first = narrow.open(fixture.called.id(), MANY, Bytes.EMPTY, LONG);
            assertThat(narrow.open(fixture.called.id(), MANY, Bytes.EMPTY, LONG))
                    .isEqualTo(new RpcResult.Failed<>(new RpcFailure.Busy()));
            if (first instanceof RpcResult.Ok<AnswerStream>(AnswerStream answer)) {
                answer.close();
                answer.close();
            }
            assertThat(narrow.open(fixture.called.id(), MANY, Bytes.EMPTY, LONG)).isInstanceOf(RpcResult.Ok.class);
            assertThat(narrow.open(fixture.called.id(), MANY, Bytes.EMPTY, LONG)).isInstanceOf(RpcResult.Failed.class);
        }
    }

    @Test
    void aRequestAboveTheBoundIsOurBug() {
        assertThatThrownBy(() -> client.call(fixture.called.id(), ONE, Bytes.copyOf(new byte[5]), LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private AnswerStream open() {
        if (client.open(fixture.called.id(), MANY, Bytes.EMPTY,
                LONG) instanceof RpcResult.Ok<AnswerStream>(AnswerStream answer)) {
            return answer;
        }
        throw new AssertionError("not opened");
    }
}
