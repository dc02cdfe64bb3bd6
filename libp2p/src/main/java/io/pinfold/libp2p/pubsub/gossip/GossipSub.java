package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    private final PubSubMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final GossipRouter router;
    private final Map<PeerId, PeerOutbox> outboxes = new HashMap<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Map<PeerId, Stream> inbound = new HashMap<>();
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
        this.metrics = metrics;
        this.router = new GossipRouter(config, clock, random, this::enqueue);
        this.heartbeat = Thread.ofVirtual().name("gossip-heartbeat").unstarted(() -> beat(ticker));
    }

    /** Starts the protocol on {@code host}, whose private key is {@code key}; the caller closes it before the host. */
    public static GossipSub start(Host host, PrivateKey key, GossipConfig config, InstantSource clock,
            RandomGenerator random, Ticker ticker, PubSubMetrics metrics) {
        var gossip = new GossipSub(host, key, config, clock, random, ticker, metrics);
        PROTOCOLS.forEach(protocol -> host.handle(protocol, gossip::serve));
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
        locked(() -> router.join(topic));
        return new JoinedTopic(subscription);
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.values().forEach(this::leave);
        PROTOCOLS.forEach(host::unhandle);
        heartbeat.interrupt();
        Threads.join(heartbeat);
        List<PeerOutbox> senders = locked(() -> List.copyOf(outboxes.values()));
        List<Stream> readers = locked(() -> List.copyOf(inbound.values()));
        senders.forEach(PeerOutbox::stop);
        readers.forEach(Stream::reset);
    }

    /** How {@code peer} has behaved: 0 is clean, below it counts. */
    public double score(PeerId peer) {
        return locked(() -> router.score(peer));
    }

    /** The mesh neighbours of {@code topic}. */
    public Set<PeerId> mesh(String topic) {
        return locked(() -> router.mesh(topic));
    }

    private void addNeighbour(PeerId peer) {
        locked(() -> {
            if (!closed && !outboxes.containsKey(peer)) {
                var outbox = new PeerOutbox(host, peer, config.outboundQueue(),
                        () -> locked(() -> router.greeting(peer)));
                outboxes.put(peer, outbox);
                router.peerAdded(peer);
                outbox.start();
            }
        });
    }

    private void removeNeighbour(PeerId peer) {
        PeerOutbox outbox = locked(() -> {
            router.peerRemoved(peer);
            return outboxes.remove(peer);
        });
        if (outbox != null) {
            outbox.stop();
        }
    }

    private void enqueue(PeerId peer, Rpc rpc) {
        PeerOutbox outbox = outboxes.get(peer);
        if (outbox != null && !outbox.offer(rpc)) {
            metrics.count(PubSubMetrics.Event.OUTBOUND_DROPPED);
        }
    }

    private void serve(Stream stream) throws IOException {
        PeerId peer = stream.remotePeer();
        Stream former = locked(() -> inbound.put(peer, stream));
        if (former != null) {
            former.reset();
        }
        try {
            while (!closed) {
                frame(peer, stream.input());
            }
        } catch (EOFException e) {
            log.debug("{} ended its gossip stream", peer);
        } finally {
            locked(() -> inbound.remove(peer, stream));
        }
    }

    private void frame(PeerId peer, InputStream in) throws IOException {
        int length = (int) Varint.read(in, config.maxFrame());
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("within a frame");
        }
        if (locked(() -> router.ignored(peer))) {
            metrics.count(PubSubMetrics.Event.GRAYLISTED);
            return;
        }
        switch (RpcDecoder.decode(bytes, config)) {
            case Decoded.Refused<Rpc>(Refusal refusal) -> {
                log.debug("{} sent a bad gossip frame: {}", peer, refusal);
                metrics.count(PubSubMetrics.Event.MALFORMED);
                locked(() -> router.rejected(peer));
            }
            case Decoded.Ok<Rpc>(Rpc rpc) -> {
                locked(() -> router.received(peer, rpc));
                rpc.messages().forEach(message -> judge(peer, message));
            }
        }
    }

    private void judge(PeerId via, WireMessage wire) {
        Subscription subscription = subscriptions.get(wire.topic());
        if (subscription == null) {
            return;
        }
        switch (MessageSigner.parse(wire, via)) {
            case Decoded.Refused<Message>(Refusal refusal) -> refuse(via, refusal);
            case Decoded.Ok<Message>(Message message) -> judge(subscription, wire, message);
        }
    }

    private void judge(Subscription subscription, WireMessage wire, Message message) {
        Bytes id = subscription.id.id(message);
        if (message.author().equals(host.id()) || locked(() -> router.seen(id))) {
            metrics.count(PubSubMetrics.Event.DUPLICATE);
            return;
        }
        if (MessageSigner.verify(wire, message) instanceof Decoded.Refused<Message>(Refusal refusal)) {
            refuse(message.via(), refusal);
            return;
        }
        if (!locked(() -> router.firstSight(id))) {
            metrics.count(PubSubMetrics.Event.DUPLICATE);
            return;
        }
        switch (subscription.validator.validate(message)) {
            case ACCEPT -> {
                metrics.count(PubSubMetrics.Event.ACCEPTED);
                locked(() -> router.accepted(message.via(), message.author(), id, wire));
                subscription.deliver(message);
            }
            case IGNORE -> metrics.count(PubSubMetrics.Event.IGNORED);
            case REJECT -> {
                metrics.count(PubSubMetrics.Event.REJECTED);
                locked(() -> router.rejected(message.via()));
            }
        }
    }

    private void refuse(PeerId via, Refusal refusal) {
        log.debug("{} passed on a bad message: {}", via, refusal);
        metrics.count(PubSubMetrics.Event.REJECTED);
        locked(() -> router.rejected(via));
    }

    private void leave(Subscription subscription) {
        if (subscriptions.remove(subscription.topic, subscription)) {
            locked(() -> router.leave(subscription.topic));
            subscription.stop();
        }
    }

    private void beat(Ticker ticker) {
        try {
            while (!closed) {
                ticker.await(config.heartbeat());
                locked(() -> {
                    router.heartbeat();
                    outboxes.values().forEach(PeerOutbox::beat);
                });
            }
        } catch (InterruptedException e) {
            log.debug("heartbeat ended");
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
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
            int peers = locked(() -> router.publish(id, wire));
            return peers < 0 ? PublishResult.DUPLICATE : peers == 0 ? PublishResult.NO_PEERS : PublishResult.SENT;
        }

        @Override
        public Set<PeerId> peers() {
            return locked(() -> router.subscribers(name()));
        }

        @Override
        public void close() {
            leave(subscription);
        }
    }
}
