package io.pinfold.rpc;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.Hosts;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.rpc.client.AnswerStream;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcClientConfig;
import io.pinfold.rpc.client.RpcFailure;
import io.pinfold.rpc.client.RpcResult;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameReader;
import io.pinfold.rpc.server.Authorizer;
import io.pinfold.rpc.server.Pause;
import io.pinfold.rpc.server.RpcHandler;
import io.pinfold.rpc.server.RpcServer;
import io.pinfold.rpc.server.RpcServerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The same over TCP, Noise and Yamux. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RpcOverTcpTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Bytes MEGABYTE = Bytes.copyOf(new byte[1 << 20]);
    private static final Method BLOCKS = new Method("blocks", Access.OPEN, 64 << 10,
            new AnswerBounds(64, 1 << 20, 64 << 20),
            LONG, new CallerLimits(8, 100_000));

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final RecordingMeter served = new RecordingMeter();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private Host called;
    private Host calling;
    private RpcServer server;
    private RpcClient client;

    RpcOverTcpTest() throws Exception {
        HostConfig config = HostConfig.DEFAULT
                .withListen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0").orElseThrow()));
        called = Hosts.start(SimNetwork.keyOf(1), config);
        calling = Hosts.start(SimNetwork.keyOf(2), config);
        server = new RpcServer(called, MethodTable.of(BLOCKS), Map.of("blocks", (call, answers) -> {
            if (call.body().size() == 1) {
                hanging.countDown();
                never.await();
            }
            for (int i = 0; i < call.body().size() / 1000; i++) {
                answers.send(MEGABYTE);
            }
            if (call.body().isEmpty()) {
                answers.send(Bytes.EMPTY);
            }
            return RpcHandler.done();
        }), new Authorizer(_ -> true), RpcServerConfig.DEFAULT,
                new RpcServer.Environment(InstantSource.system(), Pause.SLEEP, scheduler, served));
        client = new RpcClient(calling, InstantSource.system(), RpcClientConfig.DEFAULT, RpcMeter.NONE);
    }

    @BeforeEach
    void start() {
        server.start();
        calling.connect(called.id(), called.listenAddresses(), LONG);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        calling.close();
        called.close();
        scheduler.shutdownNow();
    }

    private AnswerStream open(int items) {
        Bytes request = Bytes.copyOf(new byte[1000 * items]);
        if (client.open(called.id(), BLOCKS, request,
                LONG) instanceof RpcResult.Ok<AnswerStream>(AnswerStream answer)) {
            return answer;
        }
        throw new AssertionError("not opened");
    }

    @Test
    void manyItemsOfAMegabyte() {
        try (AnswerStream answer = open(64)) {
            for (int i = 0; i < 64; i++) {
                assertThat(answer.next()).isEqualTo(new AnswerStream.Next.Item(MEGABYTE));
            }
            assertThat(answer.next()).isEqualTo(new AnswerStream.Next.End());
        }
    }

    @Test
    void manySmallCalls() {
        for (int i = 0; i < 1000; i++) {
            assertThat(client.call(called.id(), BLOCKS, Bytes.EMPTY, LONG)).isEqualTo(new RpcResult.Ok<>(Bytes.EMPTY));
        }
    }

    @Test
    void leavingInTheMiddleStopsTheHandler() throws Exception {
        try (AnswerStream answer = open(64)) {
            assertThat(answer.next()).isInstanceOf(AnswerStream.Next.Item.class);
        }
        served.await(RpcMeter.ABANDONED, 1);
    }

    @Test
    void interruptingTheCallerCancels() throws Exception {
        CompletableFuture<RpcResult<Bytes>> result = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(
                () -> result.complete(client.call(called.id(), BLOCKS, Bytes.copyOf(new byte[1]), LONG)));
        hanging.await();
        caller.interrupt();

        assertThat(result.get()).isEqualTo(new RpcResult.Failed<>(new RpcFailure.Cancelled()));
    }

    @Test
    void aRefusalReachesACallerWhoIsStillSending() throws Exception {
        if (!(calling.open(called.id(), List.of(RpcProtocol.ID), LONG) instanceof OpenResult.Opened(Stream stream))) {
            throw new AssertionError("no stream");
        }
        try (stream) {
            stream.setTimeout(LONG);
            stream.output().write(Bytes.fromHex("ffffff7f").concat(Bytes.copyOf(new byte[100_000])).toArray());
            Frame answer = FrameReader.read(stream.input(), RpcProtocol.MAX_FRAME).orElseThrow();

            assertThat(answer).isInstanceOfSatisfying(Frame.Failure.class,
                    failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TOO_LARGE));
        }
    }

    @Test
    void aPeerThatDisappearsEndsTheCall() {
        try (AnswerStream answer = open(64)) {
            assertThat(answer.next()).isInstanceOf(AnswerStream.Next.Item.class);
            called.disconnect(calling.id());
            AnswerStream.Next next = answer.next();
            while (next instanceof AnswerStream.Next.Item) {
                next = answer.next();
            }
            assertThat(next).isInstanceOfSatisfying(AnswerStream.Next.Failed.class,
                    failed -> assertThat(failed.failure()).isInstanceOfAny(RpcFailure.Disconnected.class,
                            RpcFailure.Broken.class));
        }
    }
}
