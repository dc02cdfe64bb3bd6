package io.pinfold.ipfsnode.ipns;

import io.pinfold.libp2p.limit.ForwardClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Records that need not be looked up again yet, of at most so many names; the one used longest ago goes first. Thread-safe. */
final class NameCache {

    private final int most;
    private final Duration longest;
    private final InstantSource clock;
    private final LinkedHashMap<IpnsName, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry(IpnsRecord record, Instant until) {}

    NameCache(int most, Duration longest, InstantSource clock) {
        this.most = most;
        this.longest = longest;
        this.clock = ForwardClock.of(clock);
    }

    /** {@code record} was found to be the newest just now. */
    synchronized void put(IpnsRecord record) {
        Duration kept = record.ttl().compareTo(longest) < 0 ? record.ttl() : longest;
        Instant until = clock.instant().plus(kept);
        entries.put(record.name(),
                new Entry(record, until.isBefore(record.validUntil()) ? until : record.validUntil()));
        if (entries.size() > most) {
            entries.pollFirstEntry();
        }
    }

    /** The record of {@code name}, if it may be used without looking it up. */
    synchronized Optional<IpnsRecord> find(IpnsName name) {
        Entry entry = entries.get(name);
        return entry != null && clock.instant().isBefore(entry.until) ? Optional.of(entry.record) : Optional.empty();
    }

    /** How long {@code record} may still be kept by who gets it now. */
    synchronized Duration left(IpnsRecord record) {
        Entry entry = entries.get(record.name());
        Duration left = entry == null ? Duration.ZERO : Duration.between(clock.instant(), entry.until);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
