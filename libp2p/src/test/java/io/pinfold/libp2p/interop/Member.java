package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.libp2p.pubsub.gossip.PubSubMetrics;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A host of ours with GossipSub at full speed, in a topic. It names messages as go-libp2p and js-libp2p do by default, by author and
 * sequence number, so that gossip about them is understood.
 */
public final class Member implements AutoCloseable {

    /** Its host. */
    public final TcpHost host;
    /** Its pubsub. */
    public final GossipSub gossip;

    private final String name;
    private final LinkedBlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final Map<PubSubMetrics.Event, Integer> counts = new ConcurrentHashMap<>();
    private PubSub.Topic topic;

    /** A host of {@code hosts} in topic {@code name}; the caller closes it before them. */
    public Member(TestHosts hosts, String name) throws Exception {
        this.name = name;
        host = hosts.start();
        gossip = GossipSub.start(host, hosts.keyOf(host),
                GossipConfig.DEFAULT.withHeartbeat(Duration.ofMillis(200)), InstantSource.system(), new SecureRandom(),
                Thread::sleep, event -> counts.merge(event, 1, Integer::sum));
        topic = join();
    }

    /** Joins the topic again after {@link #leave}. */
    public void rejoin() {
        topic = join();
    }

    private PubSub.Topic join() {
        return gossip.join(name, message -> message.author().toBytes().concat(message.sequence()),
                _ -> PubSub.Verdict.ACCEPT, received::add);
    }

    /** Leaves the topic. */
    public void leave() {
        topic.close();
    }

    /** Connects and waits until {@code peer} is known as subscriber, in our mesh. */
    public void connect(PeerId peer, List<Multiaddr> addresses) {
        assertThat(host.connect(peer, addresses, PATIENCE)).isInstanceOf(DialResult.Connected.class);
        awaitMesh(peer);
    }

    /** Waits until {@code peer} is in our mesh. */
    public void awaitMesh(PeerId peer) {
        TestHosts.await(() -> gossip.mesh(name).contains(peer), () -> "mesh " + gossip.mesh(name));
    }

    /** Waits until {@code peer} is known to be subscribed, or no longer. */
    public void awaitSubscribed(PeerId peer, boolean subscribed) {
        TestHosts.await(() -> topic.peers().contains(peer) == subscribed, () -> "subscribers " + topic.peers());
    }

    /** Publishes to at least one subscriber. */
    public void publish(String hex) {
        assertThat(topic.publish(Bytes.fromHex(hex))).isEqualTo(PubSub.PublishResult.SENT);
    }

    /** The next message, which has to come. */
    public Message next() throws InterruptedException {
        Message message = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(message).as("a message in %s; %s", name, counts).isNotNull();
        return message;
    }

    /** How often {@code event} happened. */
    public int count(PubSubMetrics.Event event) {
        return counts.getOrDefault(event, 0);
    }

    @Override
    public void close() {
        gossip.close();
    }
}
