package io.pinfold.ipfsnode.ipns;

import io.pinfold.ipfsnode.ipns.NameOutcome.Resolved;
import io.pinfold.ipfsnode.ipns.PublishOutcome.Published;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

    private static final String ONE = "/ipfs/bafkqaaa";
    private static final String TWO = "/ipfs/" + Cid.raw(Bytes.fromHex("02"));
    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final Duration TTL = Duration.ofMinutes(1);
    /** Long enough for anything that works, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** For what is not there. */
    private static final Duration SHORT = Duration.ofMillis(300);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final SimNetwork network = new SimNetwork(clock);
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, List<String>> dns = new HashMap<>();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
        network.close();
    }

    private Node node(RecordPlace... places) throws IOException {
        Node node = new Node(network.host(), nodes.size(), true, List.of(places));
        nodes.add(node);
        return node;
    }

    private static Published published(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(Published.class);
        return (Published) outcome;
    }

    private static String path(IpnsRecord record) {
        return "/ipns/" + record.name();
    }

    @Test
    void a_name_that_one_publishes_is_resolved_by_another_and_its_updates_too() throws Exception {
        Node alice = node();
        Node bob = node();
        network.connect(alice.host, bob.host);
        IpnsRecord first = alice.publish("news", ONE);
        assertThat(bob.names.resolve(path(first) + "/a/b", PATIENCE)).isInstanceOfSatisfying(Resolved.class,
                resolved -> {
                    assertThat(resolved.path()).isEqualTo(ONE + "/a/b");
                    assertThat(resolved.ttl()).isEqualTo(TTL);
                });
        IpnsRecord second = alice.publish("news", TWO);
        assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
        bob.awaitRecord(second);
        clock.advance(TTL);
        assertThat(bob.names.resolve(path(first), PATIENCE)).isInstanceOfSatisfying(Resolved.class,
                resolved -> assertThat(resolved.path()).isEqualTo(TWO));
    }

    @Test
    void who_comes_later_asks_those_who_are_there_also_when_the_publisher_is_gone() throws Exception {
        Node alice = node();
        Node bob = node();
        network.connect(alice.host, bob.host);
        IpnsRecord record = alice.publish("news", ONE);
        assertThat(bob.names.resolve(path(record), PATIENCE)).isInstanceOf(Resolved.class);
        network.cut(alice.host, bob.host);
        Node carol = node();
        network.connect(bob.host, carol.host);
        assertThat(carol.names.resolve(path(record), PATIENCE)).isInstanceOf(Resolved.class);
        assertThat(carol.names.record(record.name())).contains(record);
    }

    @Test
    void one_who_waits_hears_of_a_record_when_a_peer_with_it_connects() throws Exception {
        Node alice = node();
        Node bob = node();
        IpnsRecord record = alice.publish("news", ONE);
        var outcome = new CompletableFuture<NameOutcome>();
        Thread.startVirtualThread(() -> outcome.complete(bob.names.resolve(path(record), PATIENCE)));
        network.connect(alice.host, bob.host);
        assertThat(outcome.join()).isInstanceOf(Resolved.class);
    }

    @Test
    void a_peer_that_the_path_names_is_dialled_and_asked() throws Exception {
        Node alice = node();
        Node bob = new Node(network.host(), 9, false, List.of());
        nodes.add(bob);
        IpnsRecord record = alice.publish("news", ONE);
        assertThat(bob.names.resolve(path(record), SHORT)).isInstanceOf(NameOutcome.NotFound.class);
        String via = "?via=" + alice.host.listenAddresses().getFirst().withPeer(alice.host.id());
        assertThat(bob.names.resolve(path(record) + via, PATIENCE)).isInstanceOf(Resolved.class);
    }

    @Test
    void a_record_that_is_not_signed_by_the_name_is_not_believed_whoever_gives_it() throws Exception {
        RecordPlace liar = new RecordPlace();
        Node bob = node(liar);
        IpnsRecord record = IpnsRecord.sign(TestKeys.key(5), ONE, clock.instant().plus(LIFETIME), 1, TTL);
        IpnsName victim = new IpnsName(TestKeys.key(6).peerId());
        liar.records.put(victim, record.encoded());
        assertThat(bob.names.resolve("/ipns/" + victim, SHORT)).isInstanceOf(NameOutcome.NotFound.class);
        assertThat(bob.names.record(victim)).isEmpty();
    }

    @Test
    void the_newest_of_what_many_give_counts_and_a_silent_one_does_not_hold_it_up() throws Exception {
        RecordPlace old = new RecordPlace();
        RecordPlace silent = new RecordPlace();
        RecordPlace fresh = new RecordPlace();
        silent.hangs = true;
        Node bob = node(old, silent, fresh);
        PrivateKey key = TestKeys.key(5);
        IpnsName name = new IpnsName(key.peerId());
        old.records.put(name, IpnsRecord.sign(key, ONE, clock.instant().plus(LIFETIME), 7, TTL).encoded());
        fresh.records.put(name, IpnsRecord.sign(key, TWO, clock.instant().plus(LIFETIME), 8, TTL).encoded());
        assertThat(bob.names.resolve("/ipns/" + name, PATIENCE)).isInstanceOfSatisfying(Resolved.class,
                resolved -> assertThat(resolved.path()).isEqualTo(TWO));
        assertThat(silent.interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_was_resolved_is_not_looked_up_again_before_its_time() throws Exception {
        RecordPlace place = new RecordPlace();
        Node bob = node(place);
        PrivateKey key = TestKeys.key(5);
        IpnsName name = new IpnsName(key.peerId());
        place.records.put(name, IpnsRecord.sign(key, ONE, clock.instant().plus(LIFETIME), 7, TTL).encoded());
        bob.names.resolve("/ipns/" + name, PATIENCE);
        int asked = place.asked;
        clock.advance(TTL.minusSeconds(1));
        assertThat(bob.names.resolve("/ipns/" + name, PATIENCE)).isInstanceOfSatisfying(Resolved.class,
                resolved -> assertThat(resolved.ttl()).isEqualTo(Duration.ofSeconds(1)));
        assertThat(place.asked).isEqualTo(asked);
        clock.advance(Duration.ofSeconds(1));
        bob.names.resolve("/ipns/" + name, PATIENCE);
        assertThat(place.asked).isEqualTo(asked + 1);
    }

    @Test
    void an_expired_record_is_told_as_such() throws Exception {
        RecordPlace place = new RecordPlace();
        Node bob = node(place);
        PrivateKey key = TestKeys.key(5);
        IpnsName name = new IpnsName(key.peerId());
        place.records.put(name, IpnsRecord.sign(key, ONE, clock.instant().plusSeconds(5), 7, TTL).encoded());
        clock.advance(Duration.ofSeconds(5));
        assertThat(bob.names.resolve("/ipns/" + name, SHORT)).isInstanceOf(NameOutcome.Expired.class);
    }

    @Test
    void names_that_lead_to_names_are_followed_but_not_in_a_circle() throws Exception {
        Node alice = node();
        IpnsRecord end = alice.publish("end", ONE + "/x");
        IpnsRecord start = alice.publish("start", path(end) + "/y");
        assertThat(alice.names.resolve(path(start) + "/z", PATIENCE)).isInstanceOfSatisfying(Resolved.class,
                resolved -> assertThat(resolved.path()).isEqualTo(ONE + "/x/y/z"));
        alice.publish("end", path(start));
        assertThat(alice.names.resolve(path(start), PATIENCE)).isInstanceOf(NameOutcome.TooDeep.class);
    }

    @Test
    void a_domain_is_followed_where_its_text_record_leads() throws Exception {
        Node alice = node();
        IpnsRecord record = alice.publish("news", ONE);
        dns.put("_dnslink.docs.example.org",
                List.of("v=spf1", "dnslink=/ipns/" + record.name() + "/v1", "dnslink=nonsense"));
        assertThat(alice.names.resolve("/ipns/docs.example.org/a", PATIENCE)).isInstanceOfSatisfying(Resolved.class,
                resolved -> assertThat(resolved.path()).isEqualTo(ONE + "/v1/a"));
        assertThat(alice.names.resolve("/ipns/other.example.org", SHORT)).isInstanceOf(NameOutcome.NotFound.class);
    }

    @Test
    void what_a_record_says_cannot_make_us_dial() throws Exception {
        Node alice = node();
        Node mallory = node();
        RecordPlace place = new RecordPlace();
        Node bob = node(place);
        IpnsRecord target = alice.publish("news", ONE);
        String via = "?via=" + mallory.host.listenAddresses().getFirst().withPeer(mallory.host.id());
        PrivateKey key = TestKeys.key(5);
        IpnsName name = new IpnsName(key.peerId());
        place.records.put(name,
                IpnsRecord.sign(key, path(target) + via, clock.instant().plus(LIFETIME), 1, TTL).encoded());
        assertThat(bob.names.resolve("/ipns/" + name, SHORT)).isInstanceOf(NameOutcome.NotFound.class);
        assertThat(bob.host.connectedPeers()).isEmpty();
    }

    @Test
    void values_that_lead_nowhere_are_refused_when_published_and_told_when_resolved() throws Exception {
        RecordPlace place = new RecordPlace();
        Node bob = node(place);
        for (String value : List.of("", "/ipfs/", "/ipfs/x", "bafkqaaa", "/ipns/?via=x",
                "/ipfs/bafkqaaa/" + "x".repeat(9_000))) {
            assertThat(bob.names.publish("news", value, LIFETIME, TTL)).isInstanceOf(PublishOutcome.BadValue.class);
        }
        PrivateKey key = TestKeys.key(5);
        IpnsName name = new IpnsName(key.peerId());
        place.records.put(name, IpnsRecord.sign(key, "nonsense", clock.instant().plus(LIFETIME), 1, TTL).encoded());
        assertThat(bob.names.resolve("/ipns/" + name, PATIENCE)).isInstanceOf(NameOutcome.BadValue.class);
        assertThat(bob.names.resolve("/ipns/x", PATIENCE)).isInstanceOf(NameOutcome.BadPath.class);
    }

    @Test
    void numbers_go_on_after_a_restart_and_after_the_folder_was_lost() throws Exception {
        RecordPlace router = new RecordPlace();
        Node alice = node(router);
        long first = alice.publish("self", ONE).sequence();
        alice.restart();
        assertThat(alice.publish("self", TWO).sequence()).isEqualTo(first + 1);
        alice.moveTo(folder.resolve("new disk"));
        assertThat(alice.publish("self", ONE).sequence()).isEqualTo(first + 2);
    }

    @Test
    void the_same_value_again_keeps_its_number_if_it_lasts_longer() throws Exception {
        Node alice = node();
        IpnsRecord first = alice.publish("news", ONE);
        clock.advance(Duration.ofMinutes(1));
        IpnsRecord again = alice.publish("news", ONE);
        assertThat(again.sequence()).isEqualTo(first.sequence());
        assertThat(again.isNewerThan(first)).isTrue();
        IpnsRecord shorter = published(alice.names.publish("news", ONE, Duration.ofHours(1), TTL)).record();
        assertThat(shorter.sequence()).isEqualTo(first.sequence() + 1);
    }

    @Test
    void records_are_handed_over_and_made_anew_before_they_expire() throws Exception {
        RecordPlace router = new RecordPlace();
        Node alice = node(router);
        PublishOutcome outcome = alice.names.publish("news", ONE, LIFETIME, TTL);
        assertThat(published(outcome).takenBy()).containsExactly("place");
        IpnsRecord first = published(outcome).record();
        for (int i = 0; i < 20; i++) {
            clock.advance(NamesConfig.DEFAULT.republish());
            alice.round();
        }
        IpnsRecord now = alice.names.record(first.name()).orElseThrow();
        assertThat(now.sequence()).isEqualTo(first.sequence());
        assertThat(now.validUntil()).isAfter(clock.instant().plus(Duration.ofHours(40)));
        assertThat(router.records.get(first.name())).isEqualTo(now.encoded());
    }

    @Test
    void expired_records_of_others_are_forgotten() throws Exception {
        RecordPlace place = new RecordPlace();
        Node bob = node(place);
        PrivateKey key = TestKeys.key(5);
        IpnsName name = new IpnsName(key.peerId());
        place.records.put(name, IpnsRecord.sign(key, ONE, clock.instant().plusSeconds(50), 7, TTL).encoded());
        bob.names.resolve("/ipns/" + name, PATIENCE);
        Path file = bob.folder.resolve("names/" + name + ".ipns-record");
        assertThat(file).exists();
        clock.advance(Duration.ofDays(1));
        bob.round();
        assertThat(file).doesNotExist();
    }

    /** A place that records are put to and had from, as a router is. */
    private static final class RecordPlace implements RecordSource, RecordSink {

        final Map<IpnsName, Bytes> records = new ConcurrentHashMap<>();
        final CountDownLatch interrupted = new CountDownLatch(1);
        volatile boolean hangs;
        volatile int asked;

        @Override
        public String title() {
            return "place";
        }

        @Override
        public synchronized Optional<Bytes> latest(IpnsName name, Duration timeout) {
            asked++;
            if (hangs) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
            return Optional.ofNullable(records.get(name));
        }

        @Override
        public boolean put(IpnsRecord record, Duration timeout) {
            records.put(record.name(), record.encoded());
            return true;
        }
    }

    /** A node with names; its upkeep runs when the test says so. */
    private final class Node implements AutoCloseable {

        final SimHost host;
        final boolean hasPubSub;
        final List<RecordPlace> places;
        final SynchronousQueue<Boolean> rounds = new SynchronousQueue<>();
        Path folder;
        Optional<PubSub> gossip = Optional.empty();
        Names names;

        Node(SimHost host, int number, boolean hasPubSub, List<RecordPlace> places) throws IOException {
            this.host = host;
            this.hasPubSub = hasPubSub;
            this.places = places;
            this.folder = NamesTest.this.folder.resolve("node" + number);
            this.names = start();
        }

        private Names start() throws IOException {
            if (hasPubSub) {
                gossip = Optional.of(GossipSub.start(host, host.key(), GossipConfig.DEFAULT, clock,
                        seeds.generator("gossip"), _ -> new CountDownLatch(1).await(), _ -> {}));
            }
            return Names.start(new Names.Surroundings(folder, host.key(), host, gossip, List.copyOf(places),
                    List.copyOf(places), PeerRecords.NONE, clock, new SecureRandom(), _ -> rounds.take()),
                    NamesConfig.DEFAULT,
                    domain -> dns.getOrDefault(domain, List.of()));
        }

        IpnsRecord publish(String key, String value) {
            return published(names.publish(key, value, LIFETIME, TTL)).record();
        }

        /** One round of upkeep, which has ended when this returns. */
        void round() throws InterruptedException {
            rounds.put(true);
            rounds.put(true);
        }

        /** Lets the other threads run until the record is here. */
        void awaitRecord(IpnsRecord record) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!names.record(record.name()).equals(Optional.of(record))) {
                assertThat(System.nanoTime()).as("the record of %s; %s", record.name(), seeds).isLessThan(end);
                Thread.startVirtualThread(Thread::yield).join();
            }
        }

        void restart() throws IOException {
            close();
            names = start();
        }

        void moveTo(Path other) throws IOException {
            close();
            folder = other;
            names = start();
        }

        @Override
        public void close() {
            names.close();
            gossip.ifPresent(PubSub::close);
        }
    }
}
