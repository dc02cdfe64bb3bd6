package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Varint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What neighbours send: one stream each, whose thread reads frames, hands their control to the router, and judges, delivers and
 * forwards their messages.
 */
final class Inbound {

    private static final Logger log = LoggerFactory.getLogger(Inbound.class);

    private final PeerId self;
    private final GossipConfig config;
    private final PubSubMetrics metrics;
    private final RouterLock lock;
    private final GossipRouter router;
    private final Map<String, Subscription> subscriptions;
    private final Map<PeerId, Stream> streams = new HashMap<>();
    private volatile boolean closed;

    Inbound(PeerId self, GossipConfig config, PubSubMetrics metrics, RouterLock lock, GossipRouter router,
            Map<String, Subscription> subscriptions) {
        this.self = self;
        this.config = config;
        this.metrics = metrics;
        this.lock = lock;
        this.router = router;
        this.subscriptions = subscriptions;
    }

    /** Serves {@code stream} to its end; an earlier one of the same neighbour is reset. */
    void serve(Stream stream) throws IOException {
        PeerId peer = stream.remotePeer();
        Stream former = lock.get(() -> streams.put(peer, stream));
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
            lock.run(() -> streams.remove(peer, stream));
        }
    }

    /** Resets all streams and takes no more frames. */
    void close() {
        closed = true;
        lock.get(() -> List.copyOf(streams.values())).forEach(Stream::reset);
    }

    private void frame(PeerId peer, InputStream in) throws IOException {
        int length = (int) Varint.read(in, config.maxFrame());
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("within a frame");
        }
        if (lock.get(() -> router.ignored(peer))) {
            metrics.count(PubSubMetrics.Event.GRAYLISTED);
            return;
        }
        switch (RpcDecoder.decode(bytes, config)) {
            case Decoded.Refused<Rpc>(Refusal refusal) -> {
                log.debug("{} sent a bad gossip frame: {}", peer, refusal);
                metrics.count(PubSubMetrics.Event.MALFORMED);
                lock.run(() -> router.rejected(peer));
            }
            case Decoded.Ok<Rpc>(Rpc rpc) -> {
                lock.run(() -> router.received(peer, rpc));
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
        if (message.author().equals(self) || lock.get(() -> router.seen(id))) {
            metrics.count(PubSubMetrics.Event.DUPLICATE);
            return;
        }
        if (MessageSigner.verify(wire, message) instanceof Decoded.Refused<Message>(Refusal refusal)) {
            refuse(message.via(), refusal);
            return;
        }
        if (!lock.get(() -> router.firstSight(id))) {
            metrics.count(PubSubMetrics.Event.DUPLICATE);
            return;
        }
        switch (subscription.validator.validate(message)) {
            case ACCEPT -> {
                metrics.count(PubSubMetrics.Event.ACCEPTED);
                lock.run(() -> router.accepted(message.via(), message.author(), id, wire));
                subscription.deliver(message);
            }
            case IGNORE -> metrics.count(PubSubMetrics.Event.IGNORED);
            case REJECT -> {
                metrics.count(PubSubMetrics.Event.REJECTED);
                lock.run(() -> router.rejected(message.via()));
            }
        }
    }

    private void refuse(PeerId via, Refusal refusal) {
        log.debug("{} passed on a bad message: {}", via, refusal);
        metrics.count(PubSubMetrics.Event.REJECTED);
        lock.run(() -> router.rejected(via));
    }
}
