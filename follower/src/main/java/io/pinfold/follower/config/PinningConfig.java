package io.pinfold.follower.config;

import io.pinfold.ipfs.BackendAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where content is kept: section {@code pinning}.
 *
 * @param backends IPFS nodes and pinning services ({@code ipfs://127.0.0.1:5001}); a pin must succeed on all
 * @param requestTimeout longest wait for an answer that needs no network but the backend's own (30s). Too short: a busy
 *     backend looks dead
 * @param unpinTimeout longest wait for one removal (30m); a garbage collection of the backend holds removals up
 * @param connectSwarms whether our IPFS node is connected to those of the peers we know and to a pin's origins (true);
 *     false: content is found only where the node's own routing finds it
 * @param connectInterval time between two rounds of connecting (1m). Too short: needless dials
 * @param backupBlocks whether blocks of the chain are put into the IPFS node too (true)
 */
public record PinningConfig(List<BackendAddress> backends, Duration requestTimeout, Duration unpinTimeout,
        boolean connectSwarms, Duration connectInterval, boolean backupBlocks) {

    public PinningConfig {
        backends = List.copyOf(backends);
        if (backends.isEmpty()) {
            throw new IllegalArgumentException("no backend");
        }
    }
}
