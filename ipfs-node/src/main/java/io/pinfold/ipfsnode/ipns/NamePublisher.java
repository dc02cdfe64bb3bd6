package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes records of our own names, keeps them, hands them over, and does so again before they expire. */
final class NamePublisher {

    private static final Logger log = LoggerFactory.getLogger(NamePublisher.class);
    /** Others that publish the same name at the same moment make one try again. */
    private static final int TRIES = 8;
    private static final Duration LOOKING_BACK = Duration.ofSeconds(3);

    private final KeyStore keys;
    private final RecordStore records;
    private final NameResolver resolver;
    private final NameCache cache;
    private final List<RecordSink> sinks;
    private final NamesConfig config;
    private final InstantSource clock;

    NamePublisher(KeyStore keys, RecordStore records, NameResolver resolver, NameCache cache, List<RecordSink> sinks,
            NamesConfig config, InstantSource clock) {
        this.keys = keys;
        this.records = records;
        this.resolver = resolver;
        this.cache = cache;
        this.sinks = sinks;
        this.config = config;
        this.clock = clock;
    }

    /** Publishes that the name of {@code key} stands for {@code value}. */
    PublishOutcome publish(PrivateKey key, String value, Duration lifetime, Duration ttl) {
        Optional<String> problem = problem(value);
        if (problem.isPresent()) {
            return new PublishOutcome.BadValue(problem.get());
        }
        IpnsName name = new IpnsName(key.peerId());
        if (records.find(name).isEmpty()) {
            resolver.fromOthers(name, LOOKING_BACK).ifPresent(records::keep); // else our number could be a used one
        }
        RecordStore.Kept kept = RecordStore.Kept.NOT_NEWER;
        for (int i = 0; i < TRIES && kept == RecordStore.Kept.NOT_NEWER; i++) {
            IpnsRecord record = next(key, value, clock.instant().plus(lifetime), ttl);
            kept = records.keep(record);
            if (kept == RecordStore.Kept.NEWEST) {
                cache.put(record);
                return new PublishOutcome.Published(record, handOver(record));
            }
        }
        return new PublishOutcome.NotKept(kept);
    }

    /** The next record: numbered on if the value is another, or if it would not count otherwise. */
    private IpnsRecord next(PrivateKey key, String value, Instant validUntil, Duration ttl) {
        Optional<IpnsRecord> last = records.find(new IpnsName(key.peerId()));
        if (last.isEmpty()) {
            return IpnsRecord.sign(key, value, validUntil, 0, ttl);
        }
        IpnsRecord same = IpnsRecord.sign(key, value, validUntil, last.get().sequence(), ttl);
        return last.get().valueText().equals(value) && same.validUntil().isAfter(last.get().validUntil())
                ? same
                : IpnsRecord.sign(key, value, validUntil, last.get().sequence() + 1, ttl);
    }

    /** Makes the records of all our names valid for longer, and hands them over again. */
    void republish() {
        try {
            for (Map.Entry<String, IpnsName> own : keys.names().entrySet()) {
                Optional<IpnsRecord> last = records.find(own.getValue());
                if (last.isPresent() && keys.find(own.getKey()) instanceof KeyStore.KeyAnswer.Got(PrivateKey key)) {
                    renew(key, last.get());
                }
            }
        } catch (IOException e) {
            log.warn("the keys cannot be listed; no name is published again now: {}", e.toString());
        }
    }

    private void renew(PrivateKey key, IpnsRecord last) {
        Instant until = clock.instant().plus(config.lifetime());
        IpnsRecord fresh = IpnsRecord.sign(key, last.valueText(), until, last.sequence(), last.ttl());
        if (fresh.isNewerThan(last) && records.keep(fresh) == RecordStore.Kept.NEWEST) {
            handOver(fresh);
        } else {
            records.find(last.name()).ifPresent(this::handOver);
        }
    }

    /** Hands {@code record} to all at once and tells who took it. */
    private List<String> handOver(IpnsRecord record) {
        Map<String, Boolean> taken = new ConcurrentHashMap<>();
        AtOnce.each("ipns-put", sinks, sink -> {
            if (sink.put(record, config.handingOver())) {
                taken.put(sink.title(), true);
            }
        });
        return taken.keySet().stream().sorted().toList();
    }

    private static Optional<String> problem(String value) {
        if (value.startsWith("/ipfs/")) {
            String root = value.substring("/ipfs/".length()).replaceFirst("/.*", "");
            return Cid.parse(root) instanceof Decoded.Refused<Cid> ? Optional.of(root + " is no CID") : tooLong(value);
        }
        return NamePath.parse(value) instanceof Decoded.Ok<NamePath>(NamePath path) && path.via().isEmpty()
                ? tooLong(value)
                : Optional.of("a name stands for a path that begins with /ipfs/CID or /ipns/NAME");
    }

    private static Optional<String> tooLong(String value) {
        return value.length() > IpnsRecord.MAX_BYTES / 4 ? Optional.of("the path is too long") : Optional.empty();
    }
}
