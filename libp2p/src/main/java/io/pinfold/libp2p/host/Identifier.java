package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DeadlineInput;
import io.pinfold.libp2p.Delimited;
import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.identify.IdentifyMessage;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.limit.TokenBucket;
import io.pinfold.libp2p.record.PeerRecords;
import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PeerKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns who the peers are, and tells them who we are.
 *
 * <p>What a peer said is kept while it is connected. Of its addresses only those of a record that it signed go to the
 * address book, for an hour, and loopback ones only from a peer on this machine.
 */
final class Identifier {

    static final String PROTOCOL = "/ipfs/id/1.0.0";
    static final String PUSH_PROTOCOL = "/ipfs/id/push/1.0.0";
    /** How long the addresses of a signed record are kept. */
    static final Duration RECORD_LIFETIME = Duration.ofHours(1);

    /** Pushes that one connected peer may send at once; more are not read. */
    static final int PUSH_BURST = 10;
    /** Pushes of one connected peer a second in the long run. */
    static final double PUSHES_PER_SECOND = 0.5;

    private static final Logger LOG = LoggerFactory.getLogger(Identifier.class);
    /** Messages that one identification may consist of; large ones come in parts. */
    private static final int MAX_MESSAGES = 10;

    private final StreamOpener opener;
    private final Told told;
    private final Function<PeerConnection, IdentifyMessage> ourselves;
    private final BoundedAddressBook book;
    private final PeerRecords records;
    private final PeerEvents events;
    private final HostMetrics metrics;
    private final Duration timeout;
    private final Map<PeerId, IdentifyMessage> known = new ConcurrentHashMap<>();
    private final Map<PeerId, TokenBucket> pushes = new ConcurrentHashMap<>();
    private final Map<PeerId, Push> lastPushes = new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();

    /** What a peer said unasked, and when, in the order of pushes and questions. */
    private record Push(long number, IdentifyMessage message) {}

    /** What identification reports to. */
    record Sinks(BoundedAddressBook book, PeerRecords records, PeerEvents events, HostMetrics metrics) {}

    /** An identifier that tells {@code ourselves}, whose version {@code told} counts. */
    Identifier(StreamOpener opener, Function<PeerConnection, IdentifyMessage> ourselves, Told told, Sinks sinks,
            Duration timeout) {
        this.opener = opener;
        this.told = told;
        this.ourselves = ourselves;
        book = sinks.book();
        records = sinks.records();
        events = sinks.events();
        metrics = sinks.metrics();
        this.timeout = timeout;
    }

    /** What {@code peer} said, if it did. */
    Optional<IdentifyMessage> known(PeerId peer) {
        return Optional.ofNullable(known.get(peer));
    }

    Set<String> protocols(PeerId peer) {
        return known(peer).map(IdentifyMessage::protocols).orElse(Set.of());
    }

    /** Forgets what was told over {@code connection}. */
    void ended(PeerConnection connection) {
        told.forget(connection);
    }

    /** Forgets what the peer of {@code connection}, its last, said; its signed addresses are kept from now on. */
    void departed(PeerConnection connection) {
        known.remove(connection.peer());
        pushes.remove(connection.peer());
        lastPushes.remove(connection.peer());
        records.get(connection.peer()).ifPresent(record -> keep(connection, record));
    }

    /** Asks the peer of {@code connection} who it is. */
    void identify(PeerConnection connection) {
        long asked = order.incrementAndGet();
        OpenResult result = opener.open(connection, List.of(PROTOCOL), Set.of(), Deadline.after(timeout));
        if (!(result instanceof OpenResult.Opened(Stream stream))) {
            metrics.count("identify_failed");
            return;
        }
        try (stream) {
            learn(connection, read(stream), answer -> answerOf(connection.peer(), answer, asked));
        } catch (IOException e) {
            metrics.count("identify_failed");
            LOG.debug("{} does not identify itself: {}", connection.peer(), e.getMessage());
        }
        if (told.isOutdated(connection)) {
            push(connection);
        }
    }

    /** Tells the peer of {@code connection} what has changed of us, unless it knows, or is not known to take it. */
    void push(PeerConnection connection) {
        if (!protocols(connection.peer()).contains(PUSH_PROTOCOL) || told.isCurrent(connection)) {
            return;
        }
        OpenResult result = opener.open(connection, List.of(PUSH_PROTOCOL), Set.of(), Deadline.after(timeout));
        if (result instanceof OpenResult.Opened(Stream stream)) {
            try (stream) {
                tell(stream);
            } catch (IOException e) {
                LOG.debug("{} takes no push: {}", connection.peer(), e.getMessage());
            }
        }
    }

    /** Answers a peer that asks who we are. */
    void tell(Stream stream) throws IOException {
        stream.setTimeout(timeout);
        PeerConnection connection = connectionOf(stream);
        told.telling(connection);
        Delimited.write(stream.output(), ourselves.apply(connection).toBytes());
    }

    /** Takes what a peer tells of itself unasked. */
    void takePush(Stream stream) throws IOException {
        PeerConnection connection = connectionOf(stream);
        if (!mayPush(connection)) {
            metrics.count("identify_push_refused");
            throw new IOException("the peer pushes too often");
        }
        learn(connection, read(stream), message -> pushOf(connection.peer(), message));
    }

    private boolean mayPush(PeerConnection connection) {
        boolean may = pushes.computeIfAbsent(connection.peer(),
                _ -> new TokenBucket(PUSH_BURST, PUSHES_PER_SECOND, System::nanoTime)).take();
        if (!connection.isOpen()) {
            pushes.remove(connection.peer());
        }
        return may;
    }

    private static PeerConnection connectionOf(Stream stream) {
        return ((PeerStream) stream).connection();
    }

    private IdentifyMessage read(Stream stream) throws IOException {
        InputStream input = new DeadlineInput(stream, Deadline.after(timeout));
        IdentifyMessage whole = IdentifyMessage.EMPTY;
        for (int i = 0; i < MAX_MESSAGES; i++) {
            Optional<Bytes> part = Delimited.readNext(input, IdentifyMessage.MAX_SIZE);
            if (part.isEmpty()) {
                break;
            }
            switch (IdentifyMessage.decode(part.get())) {
                case Decoded.Ok<IdentifyMessage>(IdentifyMessage message) -> whole = whole.with(message);
                case Decoded.Refused<IdentifyMessage>(Refusal refusal) -> {
                    metrics.count("identify_refused", refusal.kind());
                    throw new IOException(refusal.toString());
                }
            }
        }
        return whole;
    }

    /** What is known with an answer; what was pushed while we waited for it may be newer, and stands. */
    private IdentifyMessage answerOf(PeerId peer, IdentifyMessage answer, long asked) {
        Push push = lastPushes.get(peer);
        return push != null && push.number > asked ? answer.with(push.message) : answer;
    }

    private IdentifyMessage pushOf(PeerId peer, IdentifyMessage message) {
        lastPushes.put(peer, new Push(order.incrementAndGet(), message));
        return known(peer).orElse(IdentifyMessage.EMPTY).with(message);
    }

    private void learn(PeerConnection connection, IdentifyMessage message, UnaryOperator<IdentifyMessage> merge)
            throws IOException {
        PeerId peer = connection.peer();
        if (message.publicKey().isPresent()
                && !PeerKey.decode(message.publicKey().get()).map(PeerKey::peerId).equals(Decoded.ok(peer))) {
            metrics.count("identify_foreign_key");
            throw new IOException("the peer shows another key than in the handshake");
        }
        synchronized (known) {
            known.put(peer, merge.apply(message));
        }
        if (!connection.isOpen()) {
            known.remove(peer);
            lastPushes.remove(peer);
        }
        message.signedPeerRecord().ifPresent(record -> learn(connection, SignedPeerRecord.decode(record)));
        events.identified(peer);
    }

    private void learn(PeerConnection connection, Decoded<SignedPeerRecord> decoded) {
        switch (decoded) {
            case Decoded.Ok<SignedPeerRecord>(SignedPeerRecord record) when record.peer().equals(connection.peer()) -> {
                if (records.offer(record)) {
                    keep(connection, record);
                }
            }
            case Decoded.Ok<SignedPeerRecord> _ -> metrics.count("identify_foreign_record");
            case Decoded.Refused<SignedPeerRecord>(Refusal refusal) ->
                metrics.count("identify_record_refused", refusal.kind());
        }
    }

    private void keep(PeerConnection connection, SignedPeerRecord record) {
        boolean near = OwnAddresses.isLoopback(connection.info().remoteAddress());
        List<Multiaddr> addresses = record.addresses()
                .stream()
                .filter(address -> near || !OwnAddresses.isLoopback(address))
                .toList();
        book.add(record.peer(), addresses, RECORD_LIFETIME);
    }
}
