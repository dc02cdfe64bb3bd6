package io.pinfold.ipfsnode.ipns;

import io.pinfold.ipfsnode.ipns.NameOutcome.NotFound;
import io.pinfold.ipfsnode.ipns.NameOutcome.Resolved;
import io.pinfold.ipfsnode.ipns.PublishOutcome.Published;
import io.pinfold.ipfsnode.ipns.RecordShelf.Taken;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Names whose records go from peer to peer by calls alone: no PubSub, no fetch protocol, no router. */
@Timeout(60)
class PeersByCallsTest {

    private static final String ONE = "/ipfs/bafkqaaa";
    private static final String TWO = "/ipfs/" + Cid.raw(Bytes.fromHex("02"));
    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_RECORDS = 4;

    @TempDir
    private Path folder = Path.of("");

    private final ManualClock clock = new ManualClock();
    private final SimNetwork network = new SimNetwork(clock);
    private final List<Node> nodes = new ArrayList<>();
    private Node alice;
    private Node bob;
    private Node carol;

    @BeforeEach
    void start() throws IOException {
        alice = node();
        bob = node();
        carol = node();
    }

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
        network.close();
    }

    @Test
    void a_name_is_resolved_by_asking_peers() throws IOException {
        IpnsRecord record = alice.publish(ONE);
        assertThat(bob.resolve(record)).isInstanceOf(NotFound.class);
        bob.reaches(alice);
        assertThat(bob.resolve(record))
                .isInstanceOfSatisfying(Resolved.class, found -> assertThat(found.path()).isEqualTo(ONE));
    }

    @Test
    void who_has_no_time_asks_nobody() throws IOException {
        IpnsRecord record = alice.publish(ONE);
        bob.reaches(alice);
        String path = "/ipns/" + record.name();
        assertThat(bob.names().resolve(path, Duration.ZERO)).isInstanceOf(NotFound.class);
        assertThat(bob.resolve(record)).isInstanceOf(Resolved.class);
        assertThat(bob.names().resolve(path, Duration.ZERO)).as("what is known").isInstanceOf(Resolved.class);
    }

    @Test
    void what_is_published_is_handed_to_peers_who_answer_for_it_later() throws IOException {
        alice.reaches(bob);
        Published published = (Published) alice.names().publish("news", ONE, LIFETIME, Duration.ZERO);
        assertThat(published.takenBy()).contains("peers of the cluster");
        assertThat(bob.names().record(published.record().name())).contains(published.record());
        carol.reaches(bob);
        assertThat(carol.resolve(published.record())).isInstanceOf(Resolved.class);
    }

    @Test
    void a_peer_that_comes_later_is_given_the_record_in_the_next_round() throws Exception {
        alice.round(); // of making records anew, which comes every few hours only
        IpnsRecord record = alice.publish(ONE);
        alice.reaches(bob);
        assertThat(bob.names().record(record.name())).isEmpty();
        alice.round();
        assertThat(bob.names().record(record.name())).contains(record);
    }

    @Test
    void a_number_that_only_a_peer_remembers_is_not_used_again() throws IOException {
        alice.reaches(bob);
        alice.publish(ONE);
        IpnsRecord second = alice.publish(TWO);
        alice.loseRecords();
        assertThat(alice.publish(ONE).sequence()).isEqualTo(second.sequence() + 1);
    }

    @Test
    void what_peers_say_is_not_believed() throws IOException {
        IpnsRecord record = alice.publish(ONE);
        IpnsRecord other = IpnsRecord.sign(TestKeys.key(1), TWO, record.validUntil(), 9, Duration.ZERO);
        bob.reaches(alice);
        for (Bytes lie : List.of(Bytes.EMPTY, other.encoded(), record.encoded().slice(0, 40))) {
            bob.calls.lie = Optional.of(lie);
            assertThat(bob.resolve(record)).as(lie.toString()).isInstanceOf(NotFound.class);
        }
    }

    @Test
    void what_is_handed_over_is_verified_and_the_newest_stays() throws IOException {
        PrivateKey key = TestKeys.key(1);
        IpnsName name = new IpnsName(key.peerId());
        IpnsRecord old = IpnsRecord.sign(key, ONE, clock.instant().plus(LIFETIME), 1, Duration.ZERO);
        IpnsRecord next = IpnsRecord.sign(key, TWO, clock.instant().plus(LIFETIME), 2, Duration.ZERO);
        IpnsRecord gone = IpnsRecord.sign(key, TWO, clock.instant().minusSeconds(1), 3, Duration.ZERO);
        RecordShelf shelf = bob.names();
        assertThat(shelf.take(name, next.encoded())).isEqualTo(Taken.HERE);
        assertThat(shelf.take(name, next.encoded())).as("again").isEqualTo(Taken.HERE);
        assertThat(shelf.take(name, old.encoded())).isEqualTo(Taken.OLD);
        assertThat(shelf.take(name, gone.encoded())).isEqualTo(Taken.EXPIRED);
        assertThat(shelf.take(name, next.encoded().slice(0, 50))).isEqualTo(Taken.BAD);
        assertThat(shelf.take(new IpnsName(TestKeys.peerId(2)), next.encoded())).isEqualTo(Taken.BAD);
        assertThat(shelf.record(name)).contains(next);
    }

    @Test
    void others_names_leave_room_for_our_own() throws IOException {
        List<Taken> taken = IntStream.range(0, MAX_RECORDS).mapToObj(TestKeys::key).map(key -> {
            IpnsRecord record = IpnsRecord.sign(key, ONE, clock.instant().plus(LIFETIME), 1, Duration.ZERO);
            return bob.names().take(record.name(), record.encoded());
        }).toList();
        assertThat(taken).containsExactly(Taken.HERE, Taken.HERE, Taken.NO_ROOM, Taken.NO_ROOM);
        assertThat(bob.publish(ONE).valueText()).isEqualTo(ONE);
    }

    @Test
    void a_clock_that_is_set_back_keeps_no_name_from_being_handed_over_again() throws Exception {
        alice.publish(ONE);
        alice.round();
        int before = alice.router.given.get();
        clock.advance(Duration.ofDays(-3_650));
        alice.round();
        clock.advance(NamesConfig.DEFAULT.republish());
        alice.round();
        assertThat(alice.router.given).hasValueGreaterThan(before);
    }

    @Test
    void closing_does_not_wait_for_a_peer_that_does_not_answer() throws Exception {
        alice.publish(ONE);
        alice.reaches(bob);
        alice.calls.silent = true;
        alice.rounds.put(true);
        alice.calls.asked.await();
        alice.names().close();
    }

    private Node node() throws IOException {
        Node node = new Node(network.host(), nodes.size());
        nodes.add(node);
        return node;
    }

    /** Calls that reach some nodes, of which the network around them knows nothing. */
    private static final class Calls implements PeerRecords {

        final Map<PeerId, Node> reached = new LinkedHashMap<>();
        final CountDownLatch asked = new CountDownLatch(1);
        Optional<Bytes> lie = Optional.empty();
        volatile boolean silent;

        @Override
        public List<PeerId> peers() {
            return List.copyOf(reached.keySet());
        }

        private Node node(PeerId peer) {
            return Optional.ofNullable(reached.get(peer)).orElseThrow();
        }

        @Override
        public Optional<Bytes> latest(PeerId peer, IpnsName name, Duration timeout) {
            return lie.or(() -> node(peer).names().record(name).map(IpnsRecord::encoded));
        }

        @Override
        public boolean give(PeerId peer, IpnsRecord record, Duration timeout) {
            asked.countDown();
            if (silent) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return false;
            }
            return node(peer).names().take(record.name(), record.encoded()) == Taken.HERE;
        }
    }

    /** A place that takes records. */
    private static final class Router implements RecordSink {

        final AtomicInteger given = new AtomicInteger();

        @Override
        public String title() {
            return "router";
        }

        @Override
        public boolean put(IpnsRecord record, Duration timeout) {
            given.incrementAndGet();
            return true;
        }
    }

    private final class Node {

        final SimHost host;
        final Calls calls = new Calls();
        final Router router = new Router();
        final SynchronousQueue<Boolean> rounds = new SynchronousQueue<>();
        private final Path at;
        private Names names;

        Node(SimHost host, int number) throws IOException {
            this.host = host;
            this.at = folder.resolve("node" + number);
            this.names = start();
        }

        private Names start() throws IOException {
            NamesConfig usual = NamesConfig.DEFAULT;
            var config = new NamesConfig(usual.lifetime(), usual.republish(), usual.rebroadcast(), usual.longestKept(),
                    usual.handingOver(), MAX_RECORDS);
            return Names
                    .start(new Names.Surroundings(at, host.key(), host, Optional.empty(), List.of(), List.of(router),
                            calls, clock, new SecureRandom(), _ -> rounds.take()), config);
        }

        Names names() {
            return names;
        }

        void reaches(Node other) {
            calls.reached.put(other.host.id(), other);
        }

        IpnsRecord publish(String value) {
            return ((Published) names.publish("news", value, LIFETIME, Duration.ZERO)).record();
        }

        NameOutcome resolve(IpnsRecord record) {
            return names.resolve("/ipns/" + record.name(), PATIENCE);
        }

        /** One round of upkeep, which has ended when this returns. */
        void round() throws InterruptedException {
            rounds.put(true);
            rounds.put(true);
        }

        void loseRecords() throws IOException {
            names.close();
            try (var files = Files.list(at.resolve("names"))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            names = start();
        }

        void close() {
            names.close();
        }
    }
}
