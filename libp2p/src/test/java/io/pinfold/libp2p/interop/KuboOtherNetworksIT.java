package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.ping.Ping;
import io.pinfold.libp2p.pnet.PreSharedKey;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.KuboNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** Kubo nodes with RSA keys, and in private networks. */
class KuboOtherNetworksIT {

    private static final PreSharedKey KEY = new PreSharedKey(Bytes.fromHex("42".repeat(PreSharedKey.SIZE)));
    private static final PreSharedKey OTHER = new PreSharedKey(Bytes.fromHex("43".repeat(PreSharedKey.SIZE)));

    private final TestHosts hosts = new TestHosts();

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void aKuboWithAnRsaKey() throws Exception {
        KuboNode.Setup rsa = new KuboNode.Setup(Map.of(), List.of("--algorithm=rsa", "--bits=2048"), Map.of());
        try (KuboNode kubo = KuboNode.start(rsa)) {
            PeerId id = id(kubo);
            assertThat(id.toString()).startsWith("Qm");
            TcpHost host = hosts.start();
            assertThat(dial(host, kubo)).isInstanceOf(DialResult.Connected.class);
            assertThat(Ping.once(host, id, new Random(1), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);
            Awaitility.await().atMost(PATIENCE).until(() -> host.peerRecord(id).isPresent());
            assertThat(host.identification(id).orElseThrow().agentVersion().orElseThrow()).startsWith("kubo/");
            TcpHost dialled = hosts.start();
            kubo.cli("swarm", "connect", dialled.listenAddresses().getFirst().withPeer(dialled.id()).toString());
            assertThat(dialled.connectedPeers()).containsExactly(id);
            assertThat(kubo.cli("ping", "-n", "2", dialled.id().toString())).contains("Average latency");
        }
    }

    @Test
    void aKuboInOurPrivateNetwork() throws Exception {
        try (KuboNode kubo = KuboNode.start(withKey(KEY))) {
            TcpHost host = hosts.start(TestHosts.onLoopback().withPrivateNetwork(KEY));
            assertThat(dial(host, kubo)).isInstanceOf(DialResult.Connected.class);
            assertThat(Ping.once(host, id(kubo), new Random(1), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);
            TcpHost dialled = hosts.start(TestHosts.onLoopback().withPrivateNetwork(KEY));
            kubo.cli("swarm", "connect", dialled.listenAddresses().getFirst().withPeer(dialled.id()).toString());
            assertThat(kubo.cli("ping", "-n", "2", dialled.id().toString())).contains("Average latency");
            assertStrangers(kubo);
        }
    }

    private void assertStrangers(KuboNode kubo) throws Exception {
        HostConfig open = TestHosts.onLoopback();
        TcpHost stranger = hosts.start(open);
        assertThat(reason(dial(stranger, kubo))).isIn(DialResult.Reason.HANDSHAKE, DialResult.Reason.TIMEOUT);
        TcpHost member = hosts.start(open.withPrivateNetwork(OTHER));
        assertThat(reason(dial(member, kubo))).isEqualTo(DialResult.Reason.WRONG_NETWORK);
        assertThat(kubo.tryCli("swarm", "connect",
                member.listenAddresses().getFirst().withPeer(member.id()).toString()).exit()).isNotZero();
        TestHosts.await(() -> member.metrics().get("handshake_in_wrong_network") > 0,
                () -> "" + member.metrics().snapshot());
        assertThat(kubo.cli("swarm", "peers")).doesNotContain(stranger.id().toString(), member.id().toString());
    }

    @Test
    void aKuboInTheOpenNetwork() throws Exception {
        try (KuboNode kubo = KuboNode.start()) {
            TcpHost host = hosts.start(TestHosts.onLoopback().withPrivateNetwork(KEY));
            assertThat(reason(dial(host, kubo))).isIn(DialResult.Reason.WRONG_NETWORK, DialResult.Reason.TIMEOUT);
            assertThat(kubo.cli("swarm", "peers")).doesNotContain(host.id().toString());
        }
    }

    private static KuboNode.Setup withKey(PreSharedKey key) {
        return new KuboNode.Setup(Map.of("/AutoConf/Enabled", false), List.of(), Map.of("swarm.key", key.toFile()));
    }

    private static PeerId id(KuboNode kubo) {
        return PeerId.parse(kubo.peerId()).orElseThrow();
    }

    private static DialResult dial(TcpHost host, KuboNode kubo) {
        List<Multiaddr> addresses = kubo.swarmAddresses()
                .stream()
                .map(text -> Multiaddr.parse(text).orElseThrow())
                .filter(address -> address.withoutPeer().isPlainTcp())
                .toList();
        return host.connect(id(kubo), addresses, PATIENCE);
    }

    private static DialResult.Reason reason(DialResult result) {
        return ((DialResult.Failed) result).attempts().getFirst().reason();
    }
}
