package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.identify.IdentifyMessage;
import io.pinfold.libp2p.ping.Ping;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.KuboNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** Our host and go-libp2p in a real Kubo, each dialling the other. */
class KuboIT {

    private static final Logger LOG = LoggerFactory.getLogger(KuboIT.class);
    private static final String PROTOCOL = "/x/pinfold-test";
    private static final int TOTAL = 100 * Content.MIB;
    private static final int STREAMS = 64;

    private static KuboNode kubo;
    private static PeerId kuboId;
    private static List<Multiaddr> kuboAddresses;

    private final TestHosts hosts = new TestHosts();
    private TcpHost host;

    @BeforeAll
    static void startKubo() {
        kubo = KuboNode.start(Map.of("/Experimental/Libp2pStreamMounting", true));
        kuboId = PeerId.parse(kubo.peerId()).orElseThrow();
        kuboAddresses = kubo.swarmAddresses().stream().map(text -> Multiaddr.parse(text).orElseThrow()).toList();
    }

    @AfterAll
    static void stopKubo() {
        kubo.close();
    }

    @BeforeEach
    void start() throws Exception {
        host = hosts.start();
    }

    @AfterEach
    void close() {
        kubo.cli("p2p", "close", "--all");
        hosts.close();
    }

    @Test
    void weDialKubo() {
        dial();
        Awaitility.await().atMost(PATIENCE).until(() -> host.identification(kuboId).isPresent());
        IdentifyMessage said = host.identification(kuboId).orElseThrow();
        assertThat(said.agentVersion().orElseThrow()).startsWith("kubo/");
        assertThat(said.protocols()).contains(Ping.PROTOCOL, "/ipfs/id/1.0.0", "/ipfs/bitswap/1.2.0");
        assertThat(said.observedAddress()).isPresent();
        assertThat(host.peerRecord(kuboId).orElseThrow().addresses()).isNotEmpty();
        assertThat(Ping.once(host, kuboId, new Random(), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);
        assertThat(kubo.cli("swarm", "peers")).contains(host.id().toString());
        assertThat(kubo.cli("id", host.id().toString())).contains("\"AgentVersion\": \"" + HostConfig.DEFAULT_AGENT)
                .contains(host.listenAddresses().getFirst().toString())
                .contains(Ping.PROTOCOL);
    }

    @Test
    void kuboDialsUs() {
        kubo.cli("swarm", "connect", host.listenAddresses().getFirst().withPeer(host.id()).toString());
        assertThat(host.connectedPeers()).containsExactly(kuboId);
        assertThat(host.connections(kuboId).getFirst().outbound()).isFalse();
        assertThat(kubo.cli("ping", "-n", "3", host.id().toString())).contains("Average latency");
        Awaitility.await().atMost(PATIENCE).until(() -> !host.protocols(kuboId).isEmpty());
        kubo.cli("swarm", "disconnect", "/p2p/" + host.id());
        Awaitility.await().atMost(PATIENCE).until(() -> host.connectedPeers().isEmpty());
    }

    @Test
    void aDialOfKuboUnderAnotherNameFails() {
        PeerId another = hosts.newId();
        List<Multiaddr> addresses = kuboAddresses.stream()
                .filter(Multiaddr::isPlainTcp)
                .map(Multiaddr::withoutPeer)
                .toList();
        DialResult result = host.connect(another, addresses, PATIENCE);
        assertThat(((DialResult.Failed) result).attempts()).extracting(DialResult.Attempt::reason)
                .containsOnly(DialResult.Reason.WRONG_PEER);
    }

    @Test
    void bytesFlowThroughKuboAndBack() throws Exception {
        dial();
        try (ServerSocket echo = new ServerSocket(0, STREAMS, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> echoAll(echo));
            kubo.cli("p2p", "listen", PROTOCOL, "/ip4/127.0.0.1/tcp/" + echo.getLocalPort());
            LOG.info("100 MiB through Kubo and back, 1 stream: {} ms", echo(1));
            LOG.info("100 MiB through Kubo and back, 64 streams: {} ms", echo(STREAMS));
        }
    }

    private long echo(int streams) throws Exception {
        return Content.timed(streams,
                () -> Content.echo(TestHosts.open(host, kuboId, PROTOCOL), TOTAL / streams));
    }

    @Test
    void bytesFlowFromKuboToUs() throws Exception {
        kubo.cli("swarm", "connect", host.listenAddresses().getFirst().withPeer(host.id()).toString());
        BlockingQueue<Long> counts = new LinkedBlockingQueue<>();
        host.handle(PROTOCOL, stream -> counts.add(Content.check(stream.input())));
        int port = freePort();
        kubo.cli("p2p", "forward", PROTOCOL, "/ip4/127.0.0.1/tcp/" + port, "/p2p/" + host.id());
        for (int streams : new int[]{1, STREAMS}) {
            long begin = System.nanoTime();
            Content.timed(streams, () -> Content.background(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    Content.write(socket.getOutputStream(), TOTAL / streams);
                }
            }));
            for (int i = 0; i < streams; i++) {
                assertThat(counts.poll(30, TimeUnit.SECONDS)).isEqualTo(TOTAL / streams);
            }
            LOG.info("100 MiB from Kubo, {} streams: {} ms", streams,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
    }

    private void dial() {
        assertThat(host.connect(kuboId, kuboAddresses, Duration.ofSeconds(20)))
                .isInstanceOf(DialResult.Connected.class);
    }

    private static void echoAll(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> echo(socket));
            } catch (IOException e) {
                LOG.debug("no more connections: {}", e.getMessage());
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            LOG.warn("an echo broke", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
