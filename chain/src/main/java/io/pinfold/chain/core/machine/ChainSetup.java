package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.tree.ChainTree;
import io.pinfold.multiformats.key.PrivateKey;
import java.util.random.RandomGenerator;

/**
 * Of what a chain is made.
 *
 * @param genesis the cluster
 * @param key this peer's; it signs blocks and heads if it is a publisher's
 * @param knewPeers whether this peer's folder has ever known another peer: if not, it may sign without hearing of one
 * @param random for delays and the choice of peers
 */
public record ChainSetup(Genesis genesis, PrivateKey key, ChainStores stores, ChainPorts ports, ChainConfig config,
        boolean knewPeers, RandomGenerator random) {

    /** Number of blocks whose place is kept in memory. */
    int treeCapacity() {
        return ChainTree.CAPACITY;
    }
}
