package io.pinfold.chain;

import io.pinfold.multiformats.PeerId;

/**
 * The peers that can be asked for heads and blocks.
 *
 * <p>Called by the chain's thread; returns at once and does not throw. The answer comes later, as an event, from any
 * thread. The chain asks at most some ten peers at a time.
 */
public interface RangeSource {

    /**
     * Asks {@code peer} for blocks. There is exactly one answer with {@code number}, within a minute, whatever happens.
     */
    void requestBlocks(long number, PeerId peer, BlocksRequest request);

    /** Asks {@code peer} for the best heads that it knows. There may be no answer. */
    void requestHeads(PeerId peer);

    /** Tells that {@code peer} sent what no honest peer sends; {@code reason} is for the log. */
    void penalise(PeerId peer, String reason);
}
