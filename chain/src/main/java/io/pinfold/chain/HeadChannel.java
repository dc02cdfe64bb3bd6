package io.pinfold.chain;

import io.pinfold.chain.core.SignedHead;

/**
 * The way out for our own heads, to all peers of the cluster.
 *
 * <p>Called by the chain's thread and must not block for longer than handing over to a bounded queue takes; what does not
 * fit may be dropped, since a newer head follows. Does not throw.
 */
public interface HeadChannel {

    /** Announces {@code head}, which this peer signed. */
    void announce(SignedHead head);
}
