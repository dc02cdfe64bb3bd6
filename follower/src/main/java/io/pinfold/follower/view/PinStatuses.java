package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import java.util.function.Consumer;

/** Status of pins at the members' backends; the contract is {@link ClusterPeer}'s. */
public interface PinStatuses {

    /**
     * The status of one CID, at this peer only or at every member that lets us ask. A CID that is not in the pinset is
     * {@code unpinned} at each of them, never a failure.
     */
    Answer<PinStatus> status(Cid cid, Scope scope);

    /**
     * Hands over the status of every pin and of every pending removal, in CID order; per CID only the members whose own
     * status matches, and no CID without such a member.
     *
     * @return the number of items handed over
     */
    Answer<Long> statuses(StatusFilter filter, Scope scope, Consumer<? super PinStatus> each);

    /** Queues the failed or missing work for one CID again and tells its status afterwards. */
    Answer<PinStatus> recover(Cid cid, Scope scope);

    /**
     * Queues all failed or missing work again and hands over what was queued, and only that.
     *
     * @return the number of items handed over
     */
    Answer<Long> recoverAll(Scope scope, Consumer<? super PinStatus> each);

    /** Whose status is asked for. */
    enum Scope {
        /** This peer only, answered without the network. */
        LOCAL,
        /** Every member that lets this peer ask; a follower asks nobody and answers for itself. */
        CLUSTER
    }
}
