package io.pinfold.ipfsnode.bitswap;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.Presence;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.testkit.KuboNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Blocks to and from real Kubo nodes. */
class KuboBitswapIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;

    @TempDir
    static Path folder;

    private static List<KuboNode> nodes;
    private static List<KuboFixture> kubos;

    private final TestHosts hosts = new TestHosts();
    private final MemoryBlocks blocks = new MemoryBlocks();
    private TcpHost host;
    private Bitswap bitswap;

    @BeforeAll
    static void startKubo() {
        nodes = KuboNode.startAll(3);
        kubos = nodes.stream().map(node -> new KuboFixture(node, folder)).toList();
    }

    @AfterAll
    static void stopKubo() {
        nodes.forEach(KuboNode::close);
    }

    @BeforeEach
    void start() throws Exception {
        host = hosts.start();
        bitswap = Bitswap.start(host, blocks, BitswapConfig.DEFAULT, Providers.NONE);
    }

    @AfterEach
    void close() {
        bitswap.close();
        hosts.close();
    }

    @Test
    void aFileOfKubos() {
        Cid root = kubos.getFirst().addFile(1, 40 * MIB, 256 << 10);
        DagFetch.Total total = fetch(root, kubos.getFirst().addresses());
        assertThat(total.blocks()).isEqualTo(161);
        assertThat(total.bytes()).isGreaterThan(40 * MIB);
        assertThat(bitswap.metrics().blocksDuplicate()).isZero();
        assertThat(bitswap.metrics().blocksUnasked()).isZero();
    }

    @Test
    void aTreeOfKubos() {
        Cid root = kubos.getFirst().addTree(2, 2_000, 1_000);
        connect(kubos.getFirst());
        assertThat(fetch(root, List.of()).blocks()).isGreaterThan(2_000);
        assertThat(bitswap.metrics().blocksDuplicate()).isZero();
    }

    @Test
    void manyRootsOfKubos() throws Exception {
        List<Cid> roots = kubos.getFirst().addRoots(3, 300, 1_000);
        connect(kubos.getFirst());
        AtomicInteger next = new AtomicInteger();
        List<Thread> pins = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pins.add(Thread.startVirtualThread(() -> {
                for (int at = next.getAndIncrement(); at < roots.size(); at = next.getAndIncrement()) {
                    fetch(roots.get(at), List.of());
                }
            }));
        }
        for (Thread pin : pins) {
            pin.join();
        }
        assertThat(blocks.size()).isEqualTo(300);
        assertThat(bitswap.metrics().blocksDuplicate()).isZero();
    }

    @Test
    void threeKubosEachWithAThird() {
        List<Cid> roots = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            roots.addAll(kubos.get(i).addRoots(40 + i, 100, 20_000));
            connect(kubos.get(i));
        }
        Collections.shuffle(roots, new Random(4));
        try (Exchange.Session session = bitswap.open(roots.getFirst(), List.of())) {
            session.want(roots);
            for (int i = 0; i < roots.size(); i++) {
                blocks.put(session.next(PATIENCE).orElseThrow());
            }
        }
        assertThat(blocks.size()).isEqualTo(300);
        assertThat(bitswap.metrics().blocksDuplicate()).isZero();
        for (KuboFixture kubo : kubos) { // the ledger is written when the session has the block already
            BitswapFixture.await(() -> bitswap.ledger(kubo.id()).blocksReceived() == 100,
                    () -> kubo.id() + ": " + bitswap.ledger(kubo.id()));
        }
    }

    @Test
    void aKuboThatDiesHalfWay() {
        KuboFixture dying = kubos.get(1);
        Cid root = kubos.getFirst().addFile(5, 60 * MIB, 256 << 10);
        assertThat(dying.addFile(5, 60 * MIB, 256 << 10)).isEqualTo(root);
        connect(dying);
        AtomicInteger came = new AtomicInteger();
        try (Exchange.Session session = bitswap.open(root, List.of())) {
            DagFetch.Total total = DagFetch.run(session, root, PATIENCE, block -> {
                if (came.incrementAndGet() == 40) {
                    dying.kubo().kill();
                    connect(kubos.getFirst());
                }
            });
            assertThat(total.blocks()).isEqualTo(243);
        } finally {
            dying.kubo().restart();
        }
    }

    @Test
    void kuboPinsAFileOfOurs() {
        Cid root = kubos.getFirst().addFile(6, 40 * MIB, 256 << 10);
        fetch(root, kubos.getFirst().addresses());
        host.disconnect(kubos.getFirst().id());
        KuboNode other = kubos.get(2).kubo();
        other.cli("swarm", "connect", address().toString());
        other.cli("pin", "add", "--progress=false", root.toString());
        assertThat(other.cli("pin", "ls", "--type=recursive", root.toString())).contains(root.toString());
        BitswapFixture.await(() -> bitswap.ledger(kubos.get(2).id()).blocksSent() >= 161,
                () -> "sent " + bitswap.ledger(kubos.get(2).id()));
        assertThat(bitswap.metrics().messagesRefused()).isZero();
    }

    @Test
    void kuboGetsABlockThatArrivesLater() throws Exception {
        KuboNode kubo = kubos.get(1).kubo();
        connect(kubos.get(1));
        Bytes data = BitswapFixture.bytes(new Random(7), 100_000);
        Cid cid = Cid.raw(data);
        Thread asking = Thread.startVirtualThread(() -> kubo.cli("block", "stat", cid.toString()));
        BitswapFixture.await(() -> bitswap.wantList(kubos.get(1).id()).stream().map(Want::cid).anyMatch(cid::equals),
                () -> "Kubo wants it");
        blocks.putRaw(data);
        bitswap.received(List.of(cid.hash()));
        asking.join();
        assertThat(kubo.cli("block", "stat", "--offline", cid.toString())).contains("100000");
    }

    @Test
    void weWaitForABlockThatKuboGetsLater() {
        KuboFixture kubo = kubos.get(1);
        connect(kubo);
        byte[] data = new byte[10_000];
        new Random(8).nextBytes(data);
        Cid root = Cid.raw(Bytes.copyOf(data));
        try (Exchange.Session session = bitswap.open(root, List.of())) {
            session.want(List.of(root));
            BitswapFixture.await(
                    () -> kubo.kubo().cli("bitswap", "wantlist", "--peer=" + host.id()).contains(root.toString()),
                    () -> "Kubo knows that we want it");
            assertThat(kubo.addFile(8, 10_000, 256 << 10)).isEqualTo(root);
            assertThat(session.next(PATIENCE)).isPresent();
        }
    }

    @Test
    void aLiarBesideKuboDoesNoHarm() throws Exception {
        TcpHost liar = hosts.start();
        ScriptedPeer peer = new ScriptedPeer(liar);
        TestHosts.connect(liar, host);
        Cid root = kubos.getFirst().addFile(9, 4 * MIB, 256 << 10);
        try (Exchange.Session session = bitswap.open(root, kubos.getFirst().addresses())) {
            Thread lying = Thread.startVirtualThread(() -> lie(peer));
            assertThat(DagFetch.run(session, root, PATIENCE, blocks::put).blocks()).isEqualTo(17);
            lying.join();
        }
        BitswapFixture.await(() -> bitswap.metrics().blocksUnasked() == 20, () -> "" + bitswap.metrics());
    }

    /** Says of everything that it is here, and sends other blocks, each twice. */
    private void lie(ScriptedPeer peer) {
        Random random = new Random(10);
        try {
            for (int round = 0; round < 10; round++) {
                List<Presence> presences = new ArrayList<>();
                List<Block> sent = new ArrayList<>();
                Bytes data = BitswapFixture.bytes(random, 1_000);
                sent.add(new Block(Cid.raw(data), data));
                sent.add(sent.getFirst());
                presences.add(new Presence(Cid.raw(data), true));
                peer.send(host.id(), Message.ofAnswers(sent, presences, 0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DagFetch.Total fetch(Cid root, List<Multiaddr> origins) {
        return DagFetch.run(bitswap, root, origins, PATIENCE, blocks::put);
    }

    private Multiaddr address() {
        return host.listenAddresses().getFirst().withPeer(host.id());
    }

    private void connect(KuboFixture kubo) {
        assertThat(host.connect(kubo.id(), kubo.addresses(), PATIENCE)).isInstanceOf(DialResult.Connected.class);
    }
}
