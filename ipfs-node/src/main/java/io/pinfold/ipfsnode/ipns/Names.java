package io.pinfold.ipfsnode.ipns;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of a node: publishes those of its keys, looks up those of others, and keeps both known to whoever asks.
 *
 * <p>Calls may come from any number of threads; looking up ends at once when interrupted.
 */
public final class Names implements RecordShelf, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Names.class);

    private final KeyStore keys;
    private final RecordStore records;
    private final Optional<PubSubRecords> pubSub;
    private final NameResolver resolver;
    private final NamePublisher publisher;
    private final PeersByCalls peers;
    private final NamesConfig config;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Thread upkeep;

    /** Waits for the next round of upkeep. */
    @FunctionalInterface
    public interface Pause {

        /** Returns after {@code interval}. */
        void await(Duration interval) throws InterruptedException;
    }

    /**
     * What names need of the rest of the node.
     *
     * @param folder where keys and records are kept
     * @param self the node's own key
     * @param pubSub of the host, if names travel over it
     * @param sources others that are asked for records, such as routers and gateways
     * @param sinks others that our records are handed to
     * @param calls peers that are asked and given our records by calls
     */
    public record Surroundings(Path folder, PrivateKey self, Host host, Optional<PubSub> pubSub,
            List<RecordSource> sources, List<RecordSink> sinks, PeerRecords calls, InstantSource clock,
            SecureRandom random, Pause pause) {

        /** Copies the lists. */
        public Surroundings {
            sources = List.copyOf(sources);
            sinks = List.copyOf(sinks);
        }
    }

    private Names(Surroundings with, RecordStore records, NamesConfig config, DnsLink dnsLink) {
        this.config = config;
        this.records = records;
        clock = with.clock;
        random = with.random;
        keys = new KeyStore(with.folder.resolve("keystore"), with.self);
        pubSub = with.pubSub.map(gossip -> PubSubRecords.start(with.host, gossip, records, clock));
        NameCache cache = new NameCache(config.maxRecords(), config.longestKept(), clock);
        peers = new PeersByCalls(with.calls);
        resolver = new NameResolver(with.host, pubSub, with.sources, peers, records, cache, dnsLink, clock);
        List<RecordSink> all = new ArrayList<>(with.sinks);
        all.add(peers);
        pubSub.ifPresent(all::add);
        publisher = new NamePublisher(keys, records, resolver, cache, all, config, clock);
        upkeep = Thread.ofVirtual().name("ipns-upkeep").unstarted(() -> keepUp(with.pause));
    }

    /** Starts; the caller closes it before the host and its pubsub. */
    public static Names start(Surroundings with, NamesConfig config) throws IOException {
        return start(with, config, new SystemTextRecords());
    }

    static Names start(Surroundings with, NamesConfig config, DnsLink.TextRecords texts) throws IOException {
        RecordStore records = RecordStore.open(with.folder.resolve("names"), config.maxRecords());
        Names names = new Names(with, records, config, new DnsLink(texts));
        names.follow();
        names.upkeep.start();
        return names;
    }

    private void follow() throws IOException {
        for (IpnsName own : keys.names().values()) {
            if (records.find(own).isPresent()) {
                pubSub.ifPresent(over -> over.follow(own, true));
            }
        }
    }

    /** Looks up {@code path}, which begins with {@code /ipns/}, down to what begins with {@code /ipfs/}. */
    public NameOutcome resolve(String path, Duration timeout) {
        return resolver.resolve(path, timeout);
    }

    /**
     * Publishes that the name of the key called {@code keyName}, made if there is none, stands for {@code value}, a path.
     *
     * @param lifetime after which the record expires unless this node makes it anew
     * @param ttl how long others may keep what they resolved
     */
    public PublishOutcome publish(String keyName, String value, Duration lifetime, Duration ttl) {
        return switch (keys.findOrMake(keyName, random)) {
            case KeyStore.KeyAnswer.Got(PrivateKey key) -> publisher.publish(key, value, lifetime, ttl);
            case KeyStore.KeyAnswer.Failed(String detail) -> new PublishOutcome.NoKey(detail);
            case KeyStore.KeyAnswer.Unknown _ -> new PublishOutcome.NoKey("no key is called so");
        };
    }

    /** The keys by what they are called, with the names that they publish. */
    public SortedMap<String, IpnsName> keys() throws IOException {
        return keys.names();
    }

    @Override
    public Optional<IpnsRecord> record(IpnsName name) {
        return records.find(name).filter(record -> record.isValid(clock));
    }

    @Override
    public Taken take(IpnsName name, Bytes encoded) {
        if (!(IpnsRecord.verify(name, encoded) instanceof Decoded.Ok<IpnsRecord>(IpnsRecord record))) {
            return Taken.BAD;
        }
        if (!record.isValid(clock)) {
            return Taken.EXPIRED;
        }
        if (records.find(name).isEmpty() && records.names().size() >= config.maxRecords() / 2) {
            return Taken.NO_ROOM;
        }
        return switch (records.keep(record)) {
            case NEWEST -> {
                pubSub.ifPresent(over -> over.learnt(record));
                yield Taken.HERE;
            }
            case NOT_NEWER -> records.find(name).filter(record::equals).isPresent() ? Taken.HERE : Taken.OLD;
            case FULL, DISK_FAILED -> Taken.NO_ROOM;
        };
    }

    private void keepUp(Pause pause) {
        InstantSource steady = ForwardClock.of(clock);
        Instant due = steady.instant();
        try {
            while (true) {
                pause.await(config.rebroadcast());
                if (steady.instant().isBefore(due)) {
                    rebroadcast();
                } else {
                    publisher.republish();
                    forgetExpired();
                    due = steady.instant().plus(config.republish());
                }
            }
        } catch (InterruptedException e) {
            log.debug("names are not kept up any more");
        }
    }

    /** Tells the records of our own names again to who follows them, and to peers that may have come since. */
    private void rebroadcast() {
        pubSub.ifPresent(PubSubRecords::rebroadcast);
        try {
            keys.names()
                    .values()
                    .forEach(
                            own -> record(own).ifPresent(record -> peers.put(record, config.handingOver())));
        } catch (IOException e) {
            log.warn("the keys cannot be listed; peers are not given our records now: {}", e.toString());
        }
    }

    private void forgetExpired() {
        try {
            List<IpnsName> own = List.copyOf(keys.names().values());
            records.forget(record -> !record.isValid(clock) && !own.contains(record.name()));
        } catch (IOException e) {
            log.warn("the keys cannot be listed; no record is forgotten now: {}", e.toString());
        }
    }

    @Override
    public void close() {
        upkeep.interrupt();
        Threads.join(upkeep);
        resolver.close();
        pubSub.ifPresent(PubSubRecords::close);
        records.close();
    }
}
