package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GossipSub v1.1 on a {@link Host}.
 *
 * <p>Each neighbour has a thread that reads, judges and forwards, and one that sends; the {@link GossipRouter} stands under one lock
 * that is never held across input, output or the application's code. A heartbeat thread does the upkeep, at times that
 * {@link Ticker} gives.
 */
public final class GossipSub implements PubSub {

    /** The protocols spoken, the preferred one first. */
    public static final List<String> PROTOCOLS = List.of("/meshsub/1.1.0", "/meshsub/1.0.0");

    private static final Logger log = LoggerFactory.getLogger(GossipSub.class);

    private final Host host;
    private final GossipConfig config;
    private final MessageSigner signer;
    private final RouterLock lock = new RouterLock();
    private final Outboxes outboxes;
    private final GossipRouter router;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Inbound inbound;
    private final Thread heartbeat;
    private volatile boolean closed;

    /** Waits for the next heartbeat. */
    @FunctionalInterface
    public interface Ticker {

        /** Returns after {@code interval}. */
        void await(Duration interval) throws InterruptedException;
    }

    private GossipSub(Host host, PrivateKey key, GossipConfig config, InstantSource clock, RandomGenerator random,
            Ticker ticker, PubSubMetrics metrics) {
        this.host = host;
        this.config = config;
        this.signer = new MessageSigner(key, clock);
        this.outboxes = new Outboxes(host, config.outboundQueue(), metrics);
        this.router = new GossipRouter(config, ForwardClock.of(clock), random, outboxes::send);
        this.inbound = new Inbound(host.id(), config, metrics, lock, router, subscriptions);
        this.heartbeat = Thread.ofVirtual().name("gossip-heartbeat").unstarted(() -> beat(ticker));
    }

    /** Starts the protocol on {@code host}, whose private key is {@code key}; the caller closes it before the host. */
    public static GossipSub start(Host host, PrivateKey key, GossipConfig config, InstantSource clock,
            RandomGenerator random, Ticker ticker, PubSubMetrics metrics) {
        var gossip = new GossipSub(host, key, config, clock, random, ticker, metrics);
        PROTOCOLS.forEach(protocol -> host.handle(protocol, gossip.inbound::serve));
        host.addListener(new HostListener() {
            @Override
            public void identified(PeerId peer) {
                if (PROTOCOLS.stream().anyMatch(host.protocols(peer)::contains)) {
                    gossip.addNeighbour(peer);
                }
            }

            @Override
            public void disconnected(PeerId peer) {
                gossip.removeNeighbour(peer);
            }
        });
        for (PeerId peer : host.connectedPeers()) {
            if (PROTOCOLS.stream().anyMatch(host.protocols(peer)::contains)) {
                gossip.addNeighbour(peer);
            }
        }
        gossip.heartbeat.start();
        return gossip;
    }

    @Override
    public Topic join(String topic, MessageIdFunction id, Validator validator, Receiver receiver) {
        var subscription = new Subscription(topic, id, validator, receiver, config.deliveryQueue());
        if (subscriptions.putIfAbsent(topic, subscription) != null) {
            throw new IllegalStateException("topic " + topic + " is joined already");
        }
        subscription.start();
        lock.run(() -> router.join(topic));
        return new JoinedTopic(subscription);
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.values().forEach(this::leave);
        PROTOCOLS.forEach(host::unhandle);
        heartbeat.interrupt();
        Threads.join(heartbeat);
        lock.get(outboxes::all).forEach(PeerOutbox::stop);
        inbound.close();
    }

    /** How {@code peer} has behaved: 0 is clean, below it counts. */
    public double score(PeerId peer) {
        return lock.get(() -> router.score(peer));
    }

    /** The mesh neighbours of {@code topic}. */
    public Set<PeerId> mesh(String topic) {
        return lock.get(() -> router.mesh(topic));
    }

    private void addNeighbour(PeerId peer) {
        lock.run(() -> {
            if (!closed && !outboxes.has(peer)) {
                PeerOutbox outbox = outboxes.add(peer, () -> lock.get(() -> router.greeting(peer)));
                router.peerAdded(peer);
                outbox.start();
            }
        });
    }

    private void removeNeighbour(PeerId peer) {
        PeerOutbox outbox = lock.get(() -> {
            router.peerRemoved(peer);
            return outboxes.remove(peer);
        });
        if (outbox != null) {
            outbox.stop();
        }
    }

    private void leave(Subscription subscription) {
        if (subscriptions.remove(subscription.topic, subscription)) {
            lock.run(() -> router.leave(subscription.topic));
            subscription.stop();
        }
    }

    private void beat(Ticker ticker) {
        try {
            while (!closed) {
                ticker.await(config.heartbeat());
                lock.run(() -> {
                    router.heartbeat();
                    outboxes.beat();
                });
            }
        } catch (InterruptedException e) {
            log.debug("heartbeat ended");
        }
    }

    private final class JoinedTopic implements Topic {

        private final Subscription subscription;

        JoinedTopic(Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public String name() {
            return subscription.topic;
        }

        @Override
        public PublishResult publish(Bytes data) {
            if (data.size() > config.maxMessage()) {
                return PublishResult.TOO_LARGE;
            }
            if (closed || subscriptions.get(name()) != subscription) {
                return PublishResult.CLOSED;
            }
            WireMessage wire = signer.sign(name(), data);
            Bytes sequence = wire.sequence().orElseThrow();
            Bytes id = subscription.id.id(new Message(name(), host.id(), host.id(), sequence, data));
            int peers = lock.get(() -> router.publish(id, wire));
            return peers < 0 ? PublishResult.DUPLICATE : peers == 0 ? PublishResult.NO_PEERS : PublishResult.SENT;
        }

        @Override
        public Set<PeerId> peers() {
            return lock.get(() -> router.subscribers(name()));
        }

        @Override
        public void close() {
            leave(subscription);
        }
    }
}
