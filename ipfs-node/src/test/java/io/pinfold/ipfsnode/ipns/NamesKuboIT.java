package io.pinfold.ipfsnode.ipns;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.testkit.KuboNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Names between a node of ours and a real Kubo that knows nobody else: only IPNS over PubSub carries them. */
class NamesKuboIT {

    private static final String ONE = "/ipfs/bafkqaaa";
    private static final String TWO = "/ipfs/" + Cid.raw(Bytes.fromHex("02"));
    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final Duration TTL = Duration.ofSeconds(1);

    private final KuboNode kubo = KuboNode.start();
    private final TestHosts hosts = new TestHosts();
    private TcpHost host;
    private GossipSub gossip;
    private Names names;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        host = hosts.start();
        gossip = GossipSub.start(host, hosts.keyOf(host), GossipConfig.DEFAULT.withHeartbeat(Duration.ofMillis(200)),
                InstantSource.system(), new SecureRandom(), Thread::sleep, _ -> {});
        names = Names.start(new Names.Surroundings(folder, hosts.keyOf(host), host, Optional.of(gossip), List.of(),
                List.of(), PeerRecords.NONE, InstantSource.system(), new SecureRandom(),
                _ -> new CountDownLatch(1).await()),
                NamesConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        names.close();
        gossip.close();
        hosts.close();
        kubo.close();
    }

    private void connect() {
        Multiaddr address = Multiaddr.parse(kubo.swarmAddresses().getFirst()).orElseThrow();
        assertThat(host.connect(address.peerId().orElseThrow(), List.of(address), TestHosts.PATIENCE))
                .isInstanceOf(DialResult.Connected.class);
    }

    private IpnsRecord publish(String value) {
        return ((PublishOutcome.Published) names.publish("news", value, LIFETIME, TTL)).record();
    }

    private String kuboResolves(IpnsName name) {
        return kubo.tryCli("--timeout=20s", "name", "resolve", "--nocache", name.toString()).orElseThrow();
    }

    private String oursResolves(String path) {
        return names.resolve(path, TestHosts.PATIENCE) instanceof NameOutcome.Resolved resolved ? resolved.path() : "";
    }

    @Test
    void kubo_resolves_what_we_publish_and_hears_of_updates() throws Exception {
        connect();
        IpnsRecord record = publish(ONE);
        assertThat(kuboResolves(record.name())).isEqualTo(ONE);
        publish(TWO);
        TestHosts.await(() -> kuboResolves(record.name()).equals(TWO), () -> kubo.toString());
        Path file = Files.write(folder.resolve("record"),
                names.record(record.name()).orElseThrow().encoded().toArray());
        assertThat(kubo.cli("name", "inspect", "--verify=" + record.name(), file.toString()))
                .contains("Valid: true", "Signature Type: V2");
    }

    @Test
    void we_resolve_what_kubo_publishes_and_hear_of_updates() {
        connect();
        String name = kubo.cli("key", "gen", "theirs");
        kubo.cli("name", "publish", "--allow-offline", "--resolve=false", "--ttl=1s", "--key=theirs", ONE);
        assertThat(oursResolves("/ipns/" + name + "/a")).isEqualTo(ONE + "/a");
        kubo.cli("name", "publish", "--allow-offline", "--resolve=false", "--ttl=1s", "--key=theirs", TWO);
        IpnsName parsed = IpnsName.parse(name).orElseThrow();
        TestHosts.await(() -> names.record(parsed).orElseThrow().valueText().equals(TWO), () -> kubo.toString());
    }

    @Test
    void a_kubo_that_the_path_names_is_dialled_and_asked() {
        String name = kubo.cli("key", "gen", "theirs");
        kubo.cli("name", "publish", "--allow-offline", "--resolve=false", "--key=theirs", ONE);
        assertThat(oursResolves("/ipns/" + name + "?via=" + kubo.swarmAddresses().getFirst())).isEqualTo(ONE);
    }
}
