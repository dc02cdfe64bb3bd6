package io.pinfold.rpc;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.ManualClock;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One byte every three seconds does not stretch a deadline of ten. */
class DeadlineTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void readsShareTheTimeThatIsLeft() throws Exception {
        Dribble stream = new Dribble();
        InputStream in = Deadline.after(Duration.ofSeconds(10), clock).input(stream);

        for (int i = 0; i < 4; i++) {
            assertThat(in.read()).isEqualTo(7);
        }
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        assertThat(stream.timeouts).extracting(Duration::toSeconds).containsExactly(10L, 7L, 4L, 1L);
    }

    @Test
    void eachReadIsBoundedByTheIdleTime() throws Exception {
        Dribble stream = new Dribble();
        Deadline deadline = new Deadline(clock, clock.instant().plusSeconds(10), Duration.ofSeconds(6));
        InputStream in = deadline.input(stream);

        assertThat(in.readNBytes(3)).hasSize(3);
        assertThat(stream.timeouts).extracting(Duration::toSeconds).containsExactly(6L, 6L, 4L);
    }

    private final class Dribble implements Stream {
        private final List<Duration> timeouts = new ArrayList<>();

        @Override
        public InputStream input() {
            return new InputStream() {
                @Override
                public int read() {
                    clock.advance(Duration.ofSeconds(3));
                    return 7;
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    target[offset] = (byte) read();
                    return 1;
                }
            };
        }

        @Override
        public void setTimeout(Duration timeout) {
            timeouts.add(timeout);
        }

        @Override
        public PeerId remotePeer() {
            return SimNetwork.keyOf(1).peerId();
        }

        @Override
        public String protocol() {
            return RpcProtocol.ID;
        }

        @Override
        public OutputStream output() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void closeWrite() {}

        @Override
        public void reset() {}

        @Override
        public void close() {}
    }
}
