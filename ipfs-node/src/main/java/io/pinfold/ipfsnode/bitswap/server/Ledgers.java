package io.pinfold.ipfsnode.bitswap.server;

import io.pinfold.multiformats.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The ledgers of the {@value #MAX_PEERS} peers that something was exchanged with last. Thread-safe. */
public final class Ledgers {

    /** The greatest number of ledgers. */
    public static final int MAX_PEERS = 1_024;

    private final Map<PeerId, Ledger> ledgers = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, Ledger> eldest) {
            return size() > MAX_PEERS;
        }
    };

    /** The ledger of {@code peer}. */
    public synchronized Ledger of(PeerId peer) {
        return ledgers.getOrDefault(peer, Ledger.EMPTY);
    }

    /** Blocks were sent to {@code peer}. */
    void sent(PeerId peer, long blocks, long bytes) {
        change(peer, ledger -> ledger.sent(blocks, bytes));
    }

    /** Blocks that were wanted came from {@code peer}. */
    public void received(PeerId peer, long blocks, long bytes) {
        change(peer, ledger -> ledger.received(blocks, bytes));
    }

    private synchronized void change(PeerId peer, UnaryOperator<Ledger> change) {
        ledgers.put(peer, change.apply(ledgers.getOrDefault(peer, Ledger.EMPTY)));
    }
}
