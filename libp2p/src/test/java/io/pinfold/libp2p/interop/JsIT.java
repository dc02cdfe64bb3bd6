package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.ping.Ping;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** Our host and js-libp2p, each dialling the other. */
class JsIT extends JsFixture {

    private static final Logger LOG = LoggerFactory.getLogger(JsIT.class);
    private static final String ECHO = "/pinfold-test/echo/1";
    private static final String SOURCE = "/pinfold-test/source/1";
    private static final int TOTAL = 100 * Content.MIB;
    private static final int STREAMS = 64;

    private final TestHosts hosts = new TestHosts();
    private TcpHost host;

    @BeforeEach
    void start() throws Exception {
        host = hosts.start();
        host.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void weDialJs() {
        dial();
        Awaitility.await().atMost(PATIENCE).until(() -> host.identification(jsId).isPresent());
        assertThat(host.identification(jsId).orElseThrow().agentVersion().orElseThrow()).contains("js-libp2p");
        assertThat(host.protocols(jsId)).contains(Ping.PROTOCOL, ECHO);
        assertThat(Ping.once(host, jsId, new Random(), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);
    }

    @Test
    void jsDialsUs() {
        assertThat(js.dial(host.listenAddresses().getFirst().withPeer(host.id()).toString()))
                .isEqualTo(host.id().toString());
        assertThat(js.ping(host.id().toString())).isLessThan(PATIENCE);
        Awaitility.await().atMost(PATIENCE).until(() -> {
            JsonNode said = js.call("identified", Map.of("peer", host.id().toString()));
            return said.path("agent").asString().equals(HostConfig.DEFAULT_AGENT)
                    && said.path("signedRecord").asBoolean()
                    && said.path("protocols").toString().contains(ECHO);
        });
    }

    @Test
    void bytesFlowFromUsToJsAndBack() throws Exception {
        dial();
        LOG.info("100 MiB to js and back, 1 stream: {} ms", echo(1));
        LOG.info("100 MiB to js and back, 64 streams: {} ms", echo(STREAMS));
    }

    private long echo(int streams) throws Exception {
        return Content.timed(streams, () -> Content.echo(TestHosts.open(host, jsId, ECHO), TOTAL / streams));
    }

    @Test
    void bytesFlowFromJsToUsAndBack() {
        js.dial(host.listenAddresses().getFirst().withPeer(host.id()).toString());
        js.echo(host.id().toString(), TOTAL, 1);
        js.echo(host.id().toString(), TOTAL / STREAMS, STREAMS);
    }

    @Test
    void bytesFlowFromJsAlone() throws Exception {
        dial();
        Stream stream = TestHosts.open(host, jsId, SOURCE);
        stream.output().write(ByteBuffer.allocate(8).putLong(TOTAL).array());
        long begin = System.nanoTime();
        assertThat(Content.check(stream.input())).isEqualTo(TOTAL);
        stream.close();
        LOG.info("100 MiB from js: {} ms", (System.nanoTime() - begin) / 1_000_000);
    }

    private void dial() {
        assertThat(host.connect(jsId, jsAddresses, PATIENCE)).isInstanceOf(DialResult.Connected.class);
    }
}
