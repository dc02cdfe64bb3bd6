package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.IntakeLog;
import io.pinfold.chain.PinStore;
import io.pinfold.trust.Guard;

/**
 * What a chain keeps on disk. The chain closes none of them.
 *
 * @param pins whose empty state is that of the same cluster
 */
public record ChainStores(ChainStore blocks, PinStore pins, IntakeLog intake, Guard guard) {}
