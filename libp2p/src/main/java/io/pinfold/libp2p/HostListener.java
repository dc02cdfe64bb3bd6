package io.pinfold.libp2p;

import io.pinfold.multiformats.PeerId;

/** Hears of peers coming and going; calls for one peer come in order, and must return soon. */
public interface HostListener {

    /** The first connection to {@code peer} opened. */
    default void connected(PeerId peer) {}

    /** The peer said by identify which protocols it speaks, for the first time or anew. */
    default void identified(PeerId peer) {}

    /** The last connection to {@code peer} ended. */
    default void disconnected(PeerId peer) {}
}
