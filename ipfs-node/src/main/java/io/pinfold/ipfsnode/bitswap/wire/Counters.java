package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.ipfsnode.bitswap.BitswapMetrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link BitswapMetrics}, whose fields say what each counts. */
public final class Counters {

    /** What is counted. */
    public enum Count {
        MESSAGES_IN, MESSAGES_OUT, MESSAGES_REFUSED, STREAMS_STARVED, BLOCKS_IN, BYTES_IN, BLOCKS_DUPLICATE, BLOCKS_UNASKED, BLOCKS_OUT, BYTES_OUT, WANTS_DROPPED, PEERS_UNREAD, PEERS_STALLED, PEERS_DISTRUSTED, BROADCASTS, SEARCHES
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

    /** Counters at zero. */
    public Counters() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    /** Adds one. */
    public void add(Count count) {
        add(count, 1);
    }

    /** Adds {@code amount}. */
    public void add(Count count, long amount) {
        adder(count).add(amount);
    }

    private LongAdder adder(Count count) {
        LongAdder adder = counts.get(count);
        if (adder == null) {
            throw new IllegalStateException("every count has a counter");
        }
        return adder;
    }

    private long of(Count count) {
        return adder(count).sum();
    }

    /** The counts now. */
    public BitswapMetrics snapshot() {
        return new BitswapMetrics(of(Count.MESSAGES_IN), of(Count.MESSAGES_OUT), of(Count.MESSAGES_REFUSED),
                of(Count.STREAMS_STARVED), of(Count.BLOCKS_IN), of(Count.BYTES_IN), of(Count.BLOCKS_DUPLICATE),
                of(Count.BLOCKS_UNASKED), of(Count.BLOCKS_OUT), of(Count.BYTES_OUT), of(Count.WANTS_DROPPED),
                of(Count.PEERS_UNREAD), of(Count.PEERS_STALLED), of(Count.PEERS_DISTRUSTED), of(Count.BROADCASTS),
                of(Count.SEARCHES));
    }
}
