package io.pinfold.libp2p.host;

import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Our signed peer record, one for peers on this machine and one for others: signed when the addresses change and every
 * {@link #RENEWAL}, and not for each peer that asks, since asking costs nothing. Thread-safe.
 */
final class OwnRecord {

    /** How long a record is given out; a newer one is kept longer by those who have it. */
    static final Duration RENEWAL = Duration.ofMinutes(10);

    private final PrivateKey key;
    private final InstantSource clock;
    private long sequence;
    private final Map<Boolean, Signed> records = new HashMap<>();

    private record Signed(SignedPeerRecord record, Instant at) {}

    OwnRecord(PrivateKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** The record of {@code addresses}, which are told to peers on this machine or elsewhere. */
    synchronized SignedPeerRecord of(List<Multiaddr> addresses, boolean onThisMachine) {
        Instant now = clock.instant();
        Signed known = records.get(onThisMachine);
        if (known == null || !known.record().addresses().equals(addresses)
                || Duration.between(known.at(), now).abs().compareTo(RENEWAL) >= 0) {
            known = new Signed(SignedPeerRecord.sign(key, number(now), addresses), now);
            records.put(onThisMachine, known);
        }
        return known.record();
    }

    /** Sequence numbers are milliseconds, as the specification proposes, and one more each within a millisecond. */
    private long number(Instant now) {
        sequence = Math.max(sequence + 1, now.toEpochMilli());
        return sequence;
    }
}
