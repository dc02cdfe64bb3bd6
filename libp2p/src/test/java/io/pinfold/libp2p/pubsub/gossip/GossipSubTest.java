package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Varint;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Several hosts in one process, their heartbeats cranked by the test. */
class GossipSubTest {

    private static final String TOPIC = "news";

    @RegisterExtension
    private final Seeds seeds = new Seeds();

    private final ManualClock clock = new ManualClock();
    private final SimNetwork network = new SimNetwork(clock);
    private final List<Peer> peers = new ArrayList<>();

    @AfterEach
    void end() {
        peers.forEach(peer -> peer.gossip.close());
        network.close();
    }

    @Test
    void aMessageReachesEverybodyOnceOverSeveralHops() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            peer(PubSub.Verdict.ACCEPT);
        }
        for (int i = 1; i < 10; i++) {
            network.connect(peers.get(i).host, peers.get(i - 1).host);
        }
        beatUntil(() -> peers.stream().allMatch(peer -> !peer.gossip.mesh(TOPIC).isEmpty())
                && peers.subList(1, 9).stream().allMatch(peer -> peer.topic.peers().size() == 2));
        peers.getFirst().topic.publish(Bytes.fromHex("01"));
        for (Peer peer : peers.subList(1, 10)) {
            assertThat(peer.next().data()).isEqualTo(Bytes.fromHex("01"));
        }
        peers.getLast().topic.publish(Bytes.fromHex("02"));
        for (Peer peer : peers.subList(0, 9)) {
            assertThat(peer.next().author()).isEqualTo(peers.getLast().host.id());
            assertThat(peer.received).isEmpty();
        }
    }

    @Test
    void whatIsIgnoredOrRejectedGoesNoFurtherAndRejectionCosts() throws InterruptedException {
        Peer author = peer(PubSub.Verdict.ACCEPT);
        Peer middle = peer(PubSub.Verdict.REJECT);
        Peer end = peer(PubSub.Verdict.ACCEPT);
        network.connect(author.host, middle.host);
        network.connect(middle.host, end.host);
        beatUntil(() -> middle.topic.peers().size() == 2 && author.topic.peers().size() == 1);
        author.topic.publish(Bytes.fromHex("01"));
        middle.judged.acquire();
        beatUntil(() -> middle.gossip.score(author.host.id()) < 0);
        end.topic.publish(Bytes.fromHex("02"));
        middle.judged.acquire();
        assertThat(end.received).isEmpty();
        assertThat(author.received).isEmpty();
    }

    @Test
    void whoComesLaterHearsWhatIsSaidFromThenOn() throws InterruptedException {
        Peer author = peer(PubSub.Verdict.ACCEPT);
        assertThat(author.topic.publish(Bytes.fromHex("01"))).isEqualTo(PubSub.PublishResult.NO_PEERS);
        Peer late = peer(PubSub.Verdict.ACCEPT);
        network.connect(late.host, author.host);
        beatUntil(() -> author.topic.peers().size() == 1);
        assertThat(author.topic.publish(Bytes.fromHex("02"))).isEqualTo(PubSub.PublishResult.SENT);
        assertThat(late.next().data()).isEqualTo(Bytes.fromHex("02"));
    }

    @Test
    void theSameDataIsOneMessage() {
        Peer author = peer(PubSub.Verdict.ACCEPT);
        author.topic.publish(Bytes.fromHex("01"));
        assertThat(author.topic.publish(Bytes.fromHex("01"))).isEqualTo(PubSub.PublishResult.DUPLICATE);
        assertThat(author.topic.publish(Bytes.copyOf(new byte[(1 << 16) + 1])))
                .isEqualTo(PubSub.PublishResult.TOO_LARGE);
        author.topic.close();
        assertThat(author.topic.publish(Bytes.fromHex("03"))).isEqualTo(PubSub.PublishResult.CLOSED);
    }

    @Test
    void aNeighbourThatGoesIsForgotten() throws InterruptedException {
        Peer a = peer(PubSub.Verdict.ACCEPT);
        Peer b = peer(PubSub.Verdict.ACCEPT);
        network.connect(a.host, b.host);
        beatUntil(() -> a.topic.peers().size() == 1 && b.topic.peers().size() == 1);
        network.cut(a.host, b.host);
        beatUntil(() -> a.topic.peers().isEmpty() && a.gossip.mesh(TOPIC).isEmpty() && b.topic.peers().isEmpty());
        network.heal(a.host, b.host);
        network.connect(b.host, a.host);
        beatUntil(() -> a.topic.peers().size() == 1);
        a.topic.publish(Bytes.fromHex("01"));
        assertThat(b.next().data()).isEqualTo(Bytes.fromHex("01"));
    }

    @Test
    void aStreamThatBreaksIsOpenedAnewAndBeginsWithWhatWeWant() throws InterruptedException {
        Peer peer = peer(PubSub.Verdict.ACCEPT);
        SimHost moody = network.host();
        var streams = new AtomicInteger();
        var broken = new Semaphore(0);
        var heard = new LinkedBlockingQueue<Rpc>();
        moody.handle(GossipSub.PROTOCOLS.getFirst(), stream -> {
            boolean good = streams.incrementAndGet() == 3;
            do {
                heard.add(frame(stream.input()));
            } while (good);
            stream.reset();
            broken.release();
        });
        network.connect(moody, peer.host);
        var hello = new Rpc.Subscription(true, TOPIC);
        for (int i = 1; i <= 2; i++) {
            beatUntil(broken::tryAcquire);
            assertThat(heard.remove().subscriptions()).as("stream " + i).containsExactly(hello);
            subscribe(moody, peer.host);
            beatUntil(() -> peer.topic.peers().contains(moody.id()));
            peer.topic.publish(Bytes.fromHex("0" + i));
        }
        beatUntil(() -> heard.stream().anyMatch(rpc -> !rpc.messages().isEmpty()));
        assertThat(heard.remove().subscriptions()).containsExactly(hello);
        assertThat(heard.remove().grafts()).containsExactly(TOPIC);
        assertThat(heard.stream().flatMap(rpc -> rpc.messages().stream()).map(WireMessage::data).toList())
                .contains(Optional.of(Bytes.fromHex("02")));
    }

    private static void subscribe(SimHost from, SimHost to) {
        byte[] frame = RpcEncoder.encode(Rpc.subscriptions(List.of(new Rpc.Subscription(true, TOPIC))));
        var opened = (OpenResult.Opened) from.open(to.id(), GossipSub.PROTOCOLS, GossipConfig.DEFAULT.heartbeat());
        try {
            Varint.write(opened.stream().output(), frame.length);
            opened.stream().output().write(frame);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Rpc frame(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) Varint.read(in, GossipConfig.DEFAULT.maxFrame()));
        return RpcDecoder.decode(bytes, GossipConfig.DEFAULT).orElseThrow();
    }

    private Peer peer(PubSub.Verdict verdict) {
        var peer = new Peer(verdict);
        peers.add(peer);
        return peer;
    }

    /** Gives every peer heartbeats until {@code condition} holds; the scheduler, not a clock, says how many that are. */
    private void beatUntil(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            assertThat(i).as("rounds in vain; %s", seeds).isLessThan(10_000);
            if (i % 100 == 99) {
                clock.advance(GossipConfig.DEFAULT.heartbeat());
                for (Peer peer : peers) {
                    peer.beats.release();
                }
            }
            Thread.startVirtualThread(Thread::yield).join();
        }
    }

    private final class Peer {

        final SimHost host = network.host();
        final Semaphore beats = new Semaphore(0);
        final Semaphore judged = new Semaphore(0);
        final LinkedBlockingQueue<Message> received = new LinkedBlockingQueue<>();
        final GossipSub gossip = GossipSub.start(host, SimNetwork.keyOf(peers.size() + 1), GossipConfig.DEFAULT, clock,
                seeds.generator("peer " + peers.size()), _ -> beats.acquire(), _ -> {});
        final PubSub.Topic topic;

        Peer(PubSub.Verdict verdict) {
            topic = gossip.join(TOPIC, Message::data, _ -> {
                judged.release();
                return verdict;
            }, received::add);
        }

        Message next() throws InterruptedException {
            Message message = received.poll(10, TimeUnit.SECONDS);
            assertThat(message).as("a message at %s; %s", host.id(), seeds).isNotNull();
            return message;
        }
    }
}
