package io.pinfold.libp2p.record;

import io.pinfold.multiformats.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest signed record of each peer, at most so many; the least recently renewed go first. Thread-safe. */
public final class PeerRecords {

    private final int max;
    private final Map<PeerId, SignedPeerRecord> records = new LinkedHashMap<>();

    /** Room for the records of {@code max} peers. */
    public PeerRecords(int max) {
        this.max = max;
    }

    /** Keeps {@code record} if it is newer than the one known; whether it is. */
    public synchronized boolean offer(SignedPeerRecord record) {
        SignedPeerRecord known = records.get(record.peer());
        if (known != null && Long.compareUnsigned(record.sequence(), known.sequence()) <= 0) {
            return false;
        }
        records.remove(record.peer());
        records.put(record.peer(), record);
        if (records.size() > max) {
            records.remove(records.keySet().iterator().next());
        }
        return true;
    }

    /** The newest record of {@code peer}. */
    public synchronized Optional<SignedPeerRecord> get(PeerId peer) {
        return Optional.ofNullable(records.get(peer));
    }
}
