package io.pinfold.ipfsnode.ipns;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.libp2p.pubsub.PubSub.Verdict;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * IPNS over PubSub: records travel on one topic for each name, and who joins a topic asks the others for what they have.
 *
 * <p>A record is taken, kept and passed on if it is valid and newer than ours. One that is not validly signed is held against
 * who sent it; one that expired is not, since clocks differ. What others know is asked for by {@link FetchProtocol} whenever
 * a subscriber is new; if it is newer than ours, it is published, as the specification asks.
 *
 * @see <a href="https://specs.ipfs.tech/ipns/ipns-pubsub-router/">the specification</a>
 */
public final class PubSubRecords implements RecordSource, RecordSink, AutoCloseable {

    /** The most names of others that are followed. */
    public static final int MAX_FOLLOWED = 256;

    private static final Logger log = LoggerFactory.getLogger(PubSubRecords.class);

    private static final Bytes KEY_PREFIX = Bytes.fromHex("2f69706e732f");
    private static final Duration ASKING = Duration.ofSeconds(10);
    private static final int MAX_ASKED_AT_ONCE = 16;
    /** Between looks at who subscribed: while somebody waits for a record, and otherwise. */
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(2);

    private final Host host;
    private final PubSub pubSub;
    private final RecordStore records;
    private final InstantSource clock;
    private final FollowedNames followed = new FollowedNames(MAX_FOLLOWED);
    private final Semaphore asking = new Semaphore(MAX_ASKED_AT_ONCE);
    private final Set<Thread> askers = ConcurrentHashMap.newKeySet();
    private final Object change = new Object();
    private final Thread watcher;
    private int waiting;
    private volatile boolean closed;

    private PubSubRecords(Host host, PubSub pubSub, RecordStore records, InstantSource clock) {
        this.host = host;
        this.pubSub = pubSub;
        this.records = records;
        this.clock = clock;
        this.watcher = Thread.ofVirtual().name("ipns-subscribers").unstarted(this::watch);
    }

    /** Starts on {@code host}; the caller closes it before {@code pubSub}, which is the host's, and {@code records}. */
    public static PubSubRecords start(Host host, PubSub pubSub, RecordStore records, InstantSource clock) {
        var started = new PubSubRecords(host, pubSub, records, clock);
        host.handle(FetchProtocol.ID, FetchProtocol.serve(IpnsRecord.MAX_BYTES, started::valueOf));
        host.addListener(new HostListener() {
            @Override
            public void disconnected(PeerId peer) {
                started.followed.away(peer);
            }
        });
        started.watcher.start();
        return started;
    }

    @Override
    public String title() {
        return "pubsub";
    }

    @Override
    public boolean isPassive() {
        return true;
    }

    /** Follows {@code name} from now on; if it is our own, for good. */
    public void follow(IpnsName name, boolean own) {
        if (!closed) {
            followed.follow(name, own, this::join).ifPresent(PubSub.Topic::close);
        }
    }

    /** Waits for a valid record of {@code name}, which is followed from then on. */
    @Override
    public Optional<Bytes> latest(IpnsName name, Duration timeout) {
        follow(name, false);
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (change) {
            waiting++;
            change.notifyAll();
            try {
                while (true) {
                    Optional<IpnsRecord> found = valid(name);
                    long left = (end - System.nanoTime()) / 1_000_000;
                    if (found.isPresent() || left <= 0 || closed) {
                        return found.map(IpnsRecord::encoded);
                    }
                    change.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } finally {
                waiting--;
            }
        }
    }

    /** Publishes {@code record} on its topic, which is followed for good; whether somebody was there. */
    @Override
    public boolean put(IpnsRecord record, Duration timeout) {
        follow(record.name(), true);
        return publish(record);
    }

    /** Publishes the records of our own names again. */
    public void rebroadcast() {
        followed.own().keySet().forEach(name -> valid(name).ifPresent(this::publish));
    }

    private PubSub.Topic join(IpnsName name) {
        return pubSub.join(name.topic(), message -> message.author().toBytes().concat(message.sequence()),
                message -> judge(name, message), message -> received(name, message.data(), false));
    }

    private Verdict judge(IpnsName name, Message message) {
        return switch (IpnsRecord.verify(name, message.data())) {
            case Decoded.Refused<IpnsRecord>(Refusal refusal) -> {
                log.debug("{} passed on a bad record of {}: {}", message.via(), name, refusal);
                yield Verdict.REJECT;
            }
            case Decoded.Ok<IpnsRecord>(IpnsRecord record) -> record.isValid(clock) && isNews(record)
                    ? Verdict.ACCEPT
                    : Verdict.IGNORE;
        };
    }

    private boolean isNews(IpnsRecord record) {
        return records.find(record.name()).filter(ours -> !record.isNewerThan(ours)).isEmpty();
    }

    private void received(IpnsName name, Bytes encoded, boolean tellOthers) {
        if (IpnsRecord.verify(name, encoded) instanceof Decoded.Ok<IpnsRecord>(IpnsRecord record)
                && record.isValid(clock) && records.keep(record) == RecordStore.Kept.NEWEST) {
            log.debug("{} is now {}, number {}", name, record.valueText(), record.sequence());
            if (tellOthers) {
                publish(record);
            }
            wakeWaiting();
        }
    }

    /** Tells those who wait for it, and who follows its name, of {@code record}, which came by another way and is kept. */
    void learnt(IpnsRecord record) {
        publish(record);
        wakeWaiting();
    }

    private void wakeWaiting() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    private boolean publish(IpnsRecord record) {
        return followed.topic(record.name())
                .map(topic -> topic.publish(record.encoded()) == PubSub.PublishResult.SENT)
                .orElse(false);
    }

    private Optional<IpnsRecord> valid(IpnsName name) {
        return records.find(name).filter(record -> record.isValid(clock));
    }

    private Optional<Bytes> valueOf(Bytes key) {
        if (!key.startsWith(KEY_PREFIX)) {
            return Optional.empty();
        }
        return PeerId.decode(key.slice(KEY_PREFIX.size(), key.size()))
                .toOptional()
                .flatMap(id -> valid(new IpnsName(id)))
                .map(IpnsRecord::encoded);
    }

    private void watch() {
        try {
            while (!closed) {
                followed.newSubscribers().forEach((name, peers) -> peers.forEach(peer -> askSoon(name, peer)));
                synchronized (change) {
                    change.wait((waiting > 0 ? SOON : LATER).toMillis());
                }
            }
        } catch (InterruptedException e) {
            log.debug("no more looks at subscribers");
        }
    }

    private void askSoon(IpnsName name, PeerId peer) {
        Thread asker = Thread.ofVirtual().name("ipns-fetch").unstarted(() -> {
            try {
                asking.acquire();
                try {
                    FetchProtocol.ask(host, peer, name.routingKey(), IpnsRecord.MAX_BYTES, ASKING)
                            .ifPresent(encoded -> received(name, encoded, true));
                } finally {
                    asking.release();
                }
            } catch (InterruptedException e) {
                log.debug("{} is not asked for {}", peer, name);
            } finally {
                askers.remove(Thread.currentThread());
            }
        });
        askers.add(asker);
        asker.start();
    }

    @Override
    public void close() {
        closed = true;
        host.unhandle(FetchProtocol.ID);
        followed.clear().forEach(PubSub.Topic::close);
        watcher.interrupt();
        synchronized (change) {
            change.notifyAll();
        }
        askers.forEach(Thread::interrupt);
        List.copyOf(askers).forEach(Threads::join);
        Threads.join(watcher);
    }
}
