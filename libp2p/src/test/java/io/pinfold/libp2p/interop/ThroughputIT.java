package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** How fast two hosts of ours exchange bytes on loopback. */
class ThroughputIT {

    private static final Logger LOG = LoggerFactory.getLogger(ThroughputIT.class);
    private static final String SINK = "/sink/1";
    private static final int TOTAL = 100 * Content.MIB;
    private static final long BOUND_MILLIS = 15_000;

    private final TestHosts hosts = new TestHosts();
    private TcpHost alice;
    private TcpHost bob;

    @BeforeEach
    void start() throws Exception {
        alice = hosts.start();
        bob = hosts.start();
        bob.handle(SINK, stream -> stream.output()
                .write(ByteBuffer.allocate(8).putLong(Content.check(stream.input())).array()));
        TestHosts.connect(alice, bob);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void oneStreamAndSixtyFour() throws Exception {
        run(1);
        assertThat(run(1)).isLessThan(BOUND_MILLIS);
        assertThat(run(64)).isLessThan(BOUND_MILLIS);
    }

    private long run(int streams) throws Exception {
        int each = TOTAL / streams;
        long millis = Content.timed(streams, () -> {
            Stream stream = TestHosts.open(alice, bob.id(), SINK);
            return Content.background(() -> {
                Content.write(stream.output(), each);
                stream.closeWrite();
                assertThat(ByteBuffer.wrap(stream.input().readAllBytes()).getLong()).isEqualTo(each);
                stream.close();
            });
        });
        LOG.info("100 MiB through {} stream(s): {} ms", streams, millis);
        return millis;
    }
}
