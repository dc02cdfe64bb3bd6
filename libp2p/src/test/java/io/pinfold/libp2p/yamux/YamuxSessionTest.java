package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.sim.Duplex;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two sessions of ours on a link in memory. */
class YamuxSessionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Duplex[] ends = Duplex.pair(1 << 16);
    private final HostMetrics metrics = new HostMetrics();
    private final BlockingQueue<YamuxStream> accepted = new LinkedBlockingQueue<>();
    private YamuxConfig config = YamuxConfig.DEFAULT;
    private final List<YamuxSession> sessions = new ArrayList<>();

    @AfterEach
    void close() {
        sessions.forEach(YamuxSession::close);
    }

    @Test
    void carriesBytesBothWaysOnManyStreamsAtOnce() throws Exception {
        YamuxSession dialler = start(0);
        start(1);
        List<CompletableFuture<Void>> echoes = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            byte[] sent = new byte[100_000 + 10_000 * i];
            new Random(i).nextBytes(sent);
            YamuxStream stream = dialler.open(PATIENCE);
            stream.setTimeout(PATIENCE);
            YamuxStream other = next();
            echoes.add(background(() -> {
                other.input().transferTo(other.output());
                other.close();
            }));
            echoes.add(background(() -> {
                stream.output().write(sent);
                stream.closeWrite();
            }));
            echoes.add(background(() -> assertThat(stream.input().readAllBytes()).isEqualTo(sent)));
        }
        for (CompletableFuture<Void> echo : echoes) {
            echo.get(20, TimeUnit.SECONDS);
        }
        for (YamuxSession session : sessions) {
            assertThat(session.streamCount()).isZero();
        }
    }

    @Test
    void letsTheAcceptingSideSpeakFirst() throws Exception {
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream stream = dialler.open(PATIENCE);
        next().output().write(7);
        assertThat(stream.input().read()).isEqualTo(7);
    }

    @Test
    void stopsAWriterAtTheWindowUntilTheReaderReads() throws Exception {
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream stream = dialler.open(PATIENCE);
        YamuxStream other = next();
        stream.setTimeout(Duration.ofMillis(50));
        stream.output().write(new byte[YamuxConfig.INITIAL_WINDOW]);
        assertThatThrownBy(() -> stream.output().write(1)).isInstanceOf(SocketTimeoutException.class);
        assertThat(other.input().readNBytes(YamuxConfig.INITIAL_WINDOW / 2)).hasSize(YamuxConfig.INITIAL_WINDOW / 2);
        stream.setTimeout(PATIENCE);
        stream.output().write(new byte[YamuxConfig.INITIAL_WINDOW / 2]);
        stream.closeWrite();
        assertThat(other.input().readAllBytes()).hasSize(YamuxConfig.INITIAL_WINDOW);
    }

    @Test
    void aResetWakesReadersAndWritersOnBothSides() throws Exception {
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream stream = dialler.open(PATIENCE);
        YamuxStream other = next();
        CompletableFuture<Void> reader = background(() -> stream.input().read());
        CompletableFuture<Void> writer = background(() -> stream.output().write(new byte[1 << 20]));
        assertThat(other.input().read()).isZero();
        other.reset();
        assertThatThrownBy(reader::get).hasRootCauseInstanceOf(StreamResetException.class);
        assertThatThrownBy(writer::get).hasRootCauseInstanceOf(StreamResetException.class);
        assertThatThrownBy(() -> other.input().read()).isInstanceOf(StreamResetException.class);
    }

    @Test
    void deliversWhatWasWrittenBeforeAClose() throws Exception {
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream stream = dialler.open(PATIENCE);
        stream.output().write(new byte[100_000]);
        stream.close();
        YamuxStream other = next();
        assertThat(other.input().readAllBytes()).hasSize(100_000);
        assertThatThrownBy(() -> stream.input().read()).isInstanceOf(StreamResetException.class);
        assertThatThrownBy(() -> stream.output().write(1)).isInstanceOf(IOException.class);
        other.output().write(new byte[1000]);
        other.close();
        YamuxStream again = dialler.open(PATIENCE);
        next().output().write(1);
        assertThat(again.input().read()).isOne();
        assertThat(dialler.streamCount()).isOne();
    }

    @Test
    void resetsStreamsAboveTheBoundAndGoesOn() throws Exception {
        config = YamuxConfig.DEFAULT.withMaxInboundStreams(2);
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream first = dialler.open(PATIENCE);
        dialler.open(PATIENCE);
        YamuxStream third = dialler.open(PATIENCE);
        assertThatThrownBy(() -> third.input().read()).isInstanceOf(StreamResetException.class);
        next().output().write(5);
        assertThat(first.input().read()).isEqualTo(5);
        assertThat(metrics.get("streams_refused")).isOne();
        first.reset();
        next();
        YamuxStream fourth = dialler.open(PATIENCE);
        next().output().write(6);
        assertThat(fourth.input().read()).isEqualTo(6);
    }

    @Test
    void opensNoMoreStreamsThanItsBound() throws Exception {
        YamuxConfig bounds = YamuxConfig.DEFAULT;
        config = new YamuxConfig(bounds.maxInboundStreams(), 2, bounds.maxWindow(), bounds.maxBuffered(),
                bounds.maxQueued(), bounds.keepAlive(), bounds.linger());
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream first = dialler.open(PATIENCE);
        dialler.open(PATIENCE);
        assertThatThrownBy(() -> dialler.open(PATIENCE)).isInstanceOf(StreamResetException.class);
        first.reset();
        assertThat(dialler.open(PATIENCE).id()).isEqualTo(5);
    }

    @Test
    void closingDeliversWhatIsQueuedAndEndsTheOtherSide() throws Exception {
        YamuxSession dialler = start(0);
        YamuxSession listener = start(1);
        YamuxStream stream = dialler.open(PATIENCE);
        YamuxStream other = next();
        stream.output().write(new byte[1000]);
        stream.closeWrite();
        dialler.close();
        assertThat(other.input().readAllBytes()).hasSize(1000);
        listener.ended().get(20, TimeUnit.SECONDS);
        assertThat(dialler.ended()).isCompleted();
        assertThatThrownBy(() -> dialler.open(PATIENCE)).isInstanceOf(StreamResetException.class);
    }

    @Test
    void growsWindowsWhileTheReaderKeepsUp() throws Exception {
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream stream = dialler.open(PATIENCE);
        YamuxStream other = next();
        CompletableFuture<Void> writer = background(() -> stream.output().write(new byte[64 << 20]));
        assertThat(other.input().readNBytes(64 << 20)).hasSize(64 << 20);
        writer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void resetsAStreamWhoseUnreadBytesExceedTheSession() throws Exception {
        config = YamuxConfig.DEFAULT.withMaxBuffered(YamuxConfig.INITIAL_WINDOW);
        YamuxSession dialler = start(0);
        start(1);
        YamuxStream first = dialler.open(PATIENCE);
        YamuxStream atListener = next();
        first.output().write(new byte[YamuxConfig.INITIAL_WINDOW]);
        while (atListener.input().available() < YamuxConfig.INITIAL_WINDOW) {
            Thread.onSpinWait();
        }
        YamuxStream second = dialler.open(PATIENCE);
        second.output().write(1);
        assertThatThrownBy(() -> second.input().read()).isInstanceOf(StreamResetException.class);
        assertThat(atListener.input().readNBytes(YamuxConfig.INITIAL_WINDOW)).hasSize(YamuxConfig.INITIAL_WINDOW);
        assertThat(metrics.get("streams_out_of_memory")).isOne();
    }

    private YamuxSession start(int end) {
        Duplex link = ends[end];
        YamuxSession session = new YamuxSession("test-" + end, end == 0,
                new YamuxSession.Link(link.input(), link.output(), link::close), config, new MemoryBudget(1 << 30),
                metrics);
        sessions.add(session);
        session.start(accepted::add, _ -> {});
        return session;
    }

    private YamuxStream next() throws InterruptedException {
        YamuxStream stream = accepted.poll(20, TimeUnit.SECONDS);
        return Objects.requireNonNull(stream);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> background(Action action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (IOException | RuntimeException | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
