package io.pinfold.chain;

import io.pinfold.chain.core.SignedBlock;

/**
 * Where durable blocks are kept once more, such as an IPFS node.
 *
 * <p>Called by the chain's thread, once for each block; must not block and does not throw. What does not fit may be
 * dropped: the chain store has it.
 */
public interface BlockBackup {

    /** Offers {@code block}, which is durable in the chain store. */
    void offer(SignedBlock block);
}
