package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.sim.Duplex;
import io.pinfold.libp2p.yamux.YamuxException.Violation;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A dialler that writes frames by hand, and what our session makes of them. */
class YamuxAttackTest {

    private static final int DATA = FrameHeader.TYPE_DATA;
    private static final int WINDOW_UPDATE = FrameHeader.TYPE_WINDOW_UPDATE;
    private static final int PING = FrameHeader.TYPE_PING;
    private static final int GO_AWAY = FrameHeader.TYPE_GO_AWAY;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Duplex[] ends = Duplex.pair(1 << 20);
    private final HostMetrics metrics = new HostMetrics();
    private final RawYamux raw = new RawYamux(ends[0].input(), ends[0].output());
    private final BlockingQueue<YamuxStream> accepted = new LinkedBlockingQueue<>();
    private YamuxConfig config = YamuxConfig.DEFAULT.withMaxInboundStreams(8);
    private YamuxSession session = session(ends[1]);

    @AfterEach
    void close() {
        ends[0].close();
        session.close();
    }

    interface Attack {
        void run(RawYamux raw) throws IOException;
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                violation(Violation.UNKNOWN_VERSION, "version 1",
                        raw -> raw.bytes(new byte[]{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})),
                violation(Violation.UNKNOWN_TYPE, "type 4", raw -> raw.frame(4, 0, 1, 0)),
                violation(Violation.BAD_STREAM, "a stream of our parity", raw -> raw.open(2)),
                violation(Violation.BAD_STREAM, "stream 0", raw -> raw.open(0)),
                violation(Violation.BAD_STREAM, "a stream opened twice", raw -> raw.open(1).open(1)),
                violation(Violation.NEVER_OPENED, "data for a stream of ours that never was",
                        raw -> raw.data(2, 0, (byte) 1)),
                violation(Violation.NEVER_OPENED, "data for the session", raw -> raw.data(0, 0, (byte) 1)),
                violation(Violation.NOT_THE_SESSION, "a ping on a stream",
                        raw -> raw.frame(PING, FrameHeader.SYN, 1, 0)),
                violation(Violation.NOT_THE_SESSION, "a go-away on a stream", raw -> raw.frame(GO_AWAY, 0, 1, 0)),
                violation(Violation.WINDOW_EXCEEDED, "a byte more than the window", raw -> raw.open(1)
                        .frame(DATA, 0, 1, YamuxConfig.INITIAL_WINDOW, new byte[YamuxConfig.INITIAL_WINDOW])
                        .data(1, 0, (byte) 1)),
                violation(Violation.WINDOW_EXCEEDED, "a frame of 4 GiB",
                        raw -> raw.open(1).frame(DATA, 0, 1, 0xffff_ffffL)),
                violation(Violation.WINDOW_EXCEEDED, "a frame of 4 GiB for no stream",
                        raw -> raw.frame(DATA, 0, 1, 0xffff_ffffL)),
                violation(Violation.WINDOW_OVERFLOW, "a window of 2^32",
                        raw -> raw.open(1).frame(WINDOW_UPDATE, 0, 1, 0xffff_ffffL)),
                violation(Violation.STREAM_STORM, "streams without end", raw -> {
                    for (int id = 1; id < 4000; id += 2) {
                        raw.open(id);
                    }
                }),
                violation(Violation.STREAM_STORM, "streams opened and reset", raw -> {
                    for (int id = 1; id < 4000; id += 2) {
                        raw.open(id).reset(id);
                    }
                }));
    }

    private static Arguments violation(Violation violation, String name, Attack attack) {
        return Arguments.of(violation, name, attack);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("violations")
    void endsTheSessionWithAGoAway(Violation violation, String name, Attack attack) throws Exception {
        start();
        try {
            attack.run(raw);
        } catch (IOException e) {
            // the session may end before the attack does
        }
        assertThat(raw.next(GO_AWAY).length()).as(name).isEqualTo(FrameHeader.GO_AWAY_PROTOCOL_ERROR);
        assertThat(session.ended().get(20, TimeUnit.SECONDS)).contains(violation.name());
        assertThat(metrics.get("yamux_violation_" + violation.name().toLowerCase(Locale.ROOT))).isOne();
    }

    @Test
    void endsWhenAnswersAreNotRead() throws Exception {
        Duplex[] narrow = Duplex.pair(256);
        session = session(narrow[1]);
        session.start(accepted::add, _ -> {});
        RawYamux deaf = new RawYamux(narrow[0].input(), narrow[0].output());
        assertThatThrownBy(() -> {
            for (int i = 0; i < 1_000_000; i++) {
                deaf.frame(PING, FrameHeader.SYN, 0, i);
            }
        }).isInstanceOf(IOException.class);
        assertThat(session.ended().get(20, TimeUnit.SECONDS)).contains(Violation.ANSWERS_UNREAD.name());
        narrow[0].close();
    }

    @Test
    void endsWithTheLinkInTheMidstOfAFrame() throws Exception {
        start();
        raw.open(1).frame(DATA, 0, 1, 100, new byte[50]);
        YamuxStream stream = next();
        ends[0].closeWrite();
        session.ended().get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> stream.input().readAllBytes()).isInstanceOf(StreamResetException.class);
    }

    @Test
    void endsWithTheLinkInTheMidstOfAHeader() throws Exception {
        start();
        raw.bytes((byte) 0, (byte) 0);
        ends[0].closeWrite();
        assertThat(session.ended().get(20, TimeUnit.SECONDS)).contains("half a header");
    }

    @Test
    void resetsStreamsAboveTheBound() throws Exception {
        start();
        for (int id = 1; id <= 19; id += 2) {
            raw.open(id);
        }
        assertThat(raw.nextOf(15).has(FrameHeader.ACK)).isTrue();
        assertThat(raw.nextOf(17).has(FrameHeader.RST)).isTrue();
        assertThat(raw.nextOf(19).has(FrameHeader.RST)).isTrue();
        raw.reset(1).open(21);
        assertThat(raw.nextOf(21).has(FrameHeader.ACK)).isTrue();
    }

    @Test
    void takesBytesFromTheStreamThatTheyBelongTo() throws Exception {
        start();
        raw.data(1, FrameHeader.SYN, (byte) 1)
                .data(3, FrameHeader.SYN | FrameHeader.FIN, (byte) 3)
                .data(1, FrameHeader.FIN, (byte) 2);
        assertThat(next().input().readAllBytes()).containsExactly(1, 2);
        assertThat(next().input().readAllBytes()).containsExactly(3);
    }

    @Test
    void passesOverWhatComesTooLate() throws Exception {
        start();
        raw.open(1).reset(1).data(1, 0, (byte) 1).frame(WINDOW_UPDATE, 0, 1, 5).data(1, FrameHeader.FIN).reset(1);
        raw.frame(PING, FrameHeader.ACK, 0, 77);
        raw.frame(PING, FrameHeader.SYN, 0, 78);
        assertThat(raw.next(PING)).isEqualTo(new FrameHeader(PING, FrameHeader.SYN, 0, 1));
        assertThat(raw.next(PING)).isEqualTo(new FrameHeader(PING, FrameHeader.ACK, 0, 78));
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void aNormalGoAwayLetsStreamsGoOnAndOpensNoNewOnes() throws Exception {
        start();
        raw.open(1);
        YamuxStream stream = next();
        raw.frame(GO_AWAY, 0, 0, FrameHeader.GO_AWAY_NORMAL).data(1, FrameHeader.FIN, (byte) 4);
        assertThat(stream.input().readAllBytes()).containsExactly(4);
        stream.output().write(5);
        assertThat(raw.next(DATA).length()).isOne();
        assertThatThrownBy(() -> session.open(PATIENCE)).isInstanceOf(StreamResetException.class);
        assertThat(session.ended()).isNotDone();
    }

    @Test
    void anotherGoAwayEndsTheSession() throws Exception {
        start();
        raw.open(1);
        YamuxStream stream = next();
        raw.frame(GO_AWAY, 0, 0, 2);
        assertThat(session.ended().get(20, TimeUnit.SECONDS)).contains("code 2");
        assertThatThrownBy(() -> stream.input().read()).isInstanceOf(StreamResetException.class);
    }

    @Test
    void resetsAStreamThatThePeerDoesNotClose() throws Exception {
        config = config.withTimes(Duration.ofSeconds(30), Duration.ofNanos(1));
        start();
        raw.open(1);
        next().close();
        assertThat(raw.next(DATA).has(FrameHeader.FIN)).isTrue();
        session.tick();
        assertThat(raw.nextOf(1).has(FrameHeader.RST)).isTrue();
        assertThat(session.streamCount()).isZero();
    }

    @Test
    void endsWhenThePeerGivesNoSignOfLife() throws Exception {
        config = config.withTimes(Duration.ofMillis(1), Duration.ofSeconds(30));
        start();
        assertThat(raw.next(PING).has(FrameHeader.SYN)).isTrue();
        while (!session.ended().isDone()) {
            session.tick();
        }
        assertThat(metrics.get("yamux_violation_silent")).isOne();
    }

    @Test
    void waitsForAcknowledgmentsWhenTooManyAreMissing() throws Exception {
        start();
        for (int i = 0; i < YamuxConfig.MAX_UNACKNOWLEDGED; i++) {
            session.open(PATIENCE);
        }
        assertThatThrownBy(() -> session.open(Duration.ofMillis(1))).isInstanceOf(SocketTimeoutException.class);
        raw.frame(WINDOW_UPDATE, FrameHeader.ACK, 2, 0);
        assertThat(session.open(PATIENCE).id()).isEqualTo(2 + 2 * YamuxConfig.MAX_UNACKNOWLEDGED);
    }

    private void start() {
        session = session(ends[1]);
        session.start(accepted::add, _ -> {});
    }

    private YamuxSession session(Duplex link) {
        return new YamuxSession("attacked", false, new YamuxSession.Link(link.input(), link.output(), link::close),
                config, new MemoryBudget(1 << 30), metrics);
    }

    private YamuxStream next() throws InterruptedException {
        return Objects.requireNonNull(accepted.poll(20, TimeUnit.SECONDS));
    }
}
