package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The peers that {@link PeerRecords} reaches: each a source of records, and all of them together one that takes ours. */
final class PeersByCalls implements RecordSink {

    /** The most that are asked for a record. */
    static final int MAX_ASKED = 16;

    /** The most that a record is handed to. */
    static final int MAX_GIVEN = 64;

    private final PeerRecords calls;

    PeersByCalls(PeerRecords calls) {
        this.calls = calls;
    }

    /** Some peers that can be asked. */
    List<PeerId> asked() {
        return calls.peers().stream().limit(MAX_ASKED).toList();
    }

    /** One of them. */
    RecordSource source(PeerId peer) {
        return new RecordSource() {

            @Override
            public String title() {
                return "the peer " + peer + " of the cluster";
            }

            @Override
            public Optional<Bytes> latest(IpnsName name, Duration timeout) {
                return calls.latest(peer, name, timeout);
            }
        };
    }

    @Override
    public String title() {
        return "peers of the cluster";
    }

    /** Hands {@code record} to many at once; whether one has it now. */
    @Override
    public boolean put(IpnsRecord record, Duration timeout) {
        AtomicBoolean taken = new AtomicBoolean();
        AtOnce.each("ipns-give", calls.peers().stream().limit(MAX_GIVEN).toList(), peer -> {
            if (calls.give(peer, record, timeout)) {
                taken.set(true);
            }
        });
        return taken.get();
    }
}
