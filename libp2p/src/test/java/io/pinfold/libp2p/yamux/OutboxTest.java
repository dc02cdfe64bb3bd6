package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutboxTest {

    private static final Deadline SOON = Deadline.after(Duration.ofSeconds(20));

    private final Outbox outbox = new Outbox(100_000);

    @Test
    void sendsDataByTurnsAndOtherFramesFirst() throws Exception {
        put(1, 30_000);
        put(1, 30_000);
        put(3, 30_000);
        put(5, 10);
        outbox.putEnd(1);
        outbox.putIncrease(7, 100);
        outbox.putIncrease(7, 11);
        outbox.putUrgent(new FrameHeader(FrameHeader.TYPE_PING, FrameHeader.SYN, 0, 9));
        assertThat(drain(1)).containsExactly("update 7 +111", "ping 0", "data 1", "data 3", "data 5", "data 1",
                "end 1");
    }

    @Test
    void letsAQuietStreamPutASmallPieceIntoAFullBox() throws Exception {
        put(1, 100_000);
        assertThatThrownBy(() -> outbox.putData(1, new byte[1], () -> true, Deadline.after(Duration.ofMillis(1))))
                .isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(
                () -> outbox.putData(3, new byte[Outbox.SMALL + 1], () -> true, Deadline.after(Duration.ofMillis(1))))
                .isInstanceOf(SocketTimeoutException.class);
        put(3, Outbox.SMALL);
        assertThat(drain(1)).containsExactly("data 1", "data 3");
        put(1, 100_000);
    }

    @Test
    void wakesWritersWhoseStreamIsOver() throws Exception {
        put(1, 100_000);
        AtomicBoolean open = new AtomicBoolean(true);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                outbox.putData(3, new byte[50_000], open::get, SOON);
            } catch (IOException e) {
                failure.complete(e);
            }
        });
        open.set(false);
        outbox.drop(3);
        assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
    }

    @Test
    void forgetsWhatAStreamHadQueued() throws Exception {
        put(1, 100_000);
        outbox.putIncrease(1, 5);
        outbox.drop(1);
        put(3, 100_000);
        assertThat(drain(1)).containsExactly("data 3");
    }

    @Test
    void sendsTheLastFrameLastAndThenEnds() throws Exception {
        put(1, 60_000);
        put(3, 40_000);
        outbox.finish(new FrameHeader(FrameHeader.TYPE_GO_AWAY, 0, 0, 0));
        assertThatThrownBy(() -> put(5, 1)).isInstanceOf(StreamResetException.class);
        assertThat(drain(2)).containsExactly("data 1", "data 3", "go away 0");
        assertThat(outbox.fill(new byte[100])).isEqualTo(-1);
    }

    @Test
    void boundsFramesWithoutData() {
        FrameHeader ping = new FrameHeader(FrameHeader.TYPE_PING, FrameHeader.ACK, 0, 0);
        for (int i = 0; i < Outbox.MAX_URGENT; i++) {
            assertThat(outbox.putUrgent(ping)).isTrue();
        }
        assertThat(outbox.putUrgent(ping)).isFalse();
    }

    @Test
    void abortEndsEverybody() throws Exception {
        put(1, 10);
        outbox.abort();
        assertThat(outbox.fill(new byte[100])).isEqualTo(-1);
        assertThatThrownBy(() -> put(1, 1)).isInstanceOf(StreamResetException.class);
    }

    private void put(int stream, int size) throws IOException {
        outbox.putData(stream, new byte[size], () -> true, SOON);
    }

    /** All frames of the next {@code fills} rounds of the writer, in the order of sending. */
    private List<String> drain(int fills) throws YamuxException {
        List<String> frames = new ArrayList<>();
        byte[] buffer = new byte[1 << 20];
        for (int i = 0; i < fills; i++) {
            int size = outbox.fill(buffer);
            for (int at = 0; at < size;) {
                FrameHeader header = FrameHeader.parse(Arrays.copyOfRange(buffer, at, at + FrameHeader.SIZE));
                frames.add(describe(header));
                at += FrameHeader.SIZE + (header.type() == FrameHeader.TYPE_DATA ? header.length() : 0);
            }
        }
        return frames;
    }

    private static String describe(FrameHeader header) {
        return switch (header.type()) {
            case FrameHeader.TYPE_DATA -> (header.has(FrameHeader.FIN) ? "end " : "data ") + header.stream();
            case FrameHeader.TYPE_WINDOW_UPDATE -> "update " + header.stream() + " +" + header.length();
            case FrameHeader.TYPE_PING -> "ping " + header.stream();
            default -> "go away " + header.stream();
        };
    }
}
