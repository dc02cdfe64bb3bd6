package io.pinfold.follower.config;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.IpfsConfig;
import java.time.Duration;
import java.util.List;

/**
 * Where content is kept: section {@code pinning}.
 *
 * @param backends IPFS nodes and pinning services ({@code ipfs://127.0.0.1:5001}); a pin must succeed on all
 * @param patience how patient and how busy they are; room for as many pins at once as the tracker may begin
 * @param connectSwarms whether our IPFS node is connected to those of the peers we know and to a pin's origins (true);
 *     false: content is found only where the node's own routing finds it
 * @param connectInterval time between two rounds of connecting (2m). Too short: needless dials
 * @param backupBlocks whether blocks of the chain are put into the IPFS node too (true)
 */
public record PinningConfig(List<BackendAddress> backends, IpfsConfig patience, boolean connectSwarms,
        Duration connectInterval, boolean backupBlocks) {

    public PinningConfig {
        backends = List.copyOf(backends);
        if (backends.isEmpty()) {
            throw new IllegalArgumentException("no backend");
        }
    }

    /** Whether content is kept by the IPFS node within this peer. */
    public boolean isEmbedded() {
        return backends.getFirst() instanceof BackendAddress.Embedded;
    }

    /** Whether blocks of the chain are copied into the IPFS node; the one within this peer has them from the chain store. */
    public boolean copiesBlocks() {
        return backupBlocks && !isEmbedded();
    }

    /** The same with room for {@code pins} at once. */
    PinningConfig withPins(int pins) {
        int most = Math.max(pins, patience.maxPins());
        return new PinningConfig(backends, patience.withMax(patience.maxCalls(), most), connectSwarms, connectInterval,
                backupBlocks);
    }
}
