package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import java.util.Set;
import java.util.function.Consumer;

/** The pinset as this peer has it, and the way to change it; the contract is {@link ClusterPeer}'s. */
public interface PinOperations {

    /**
     * Adds a pin, or replaces the pin of the same CID. Answers when the operation is durable in this peer's intake; it
     * is in the chain shortly after. A request with an idempotency key that was seen before answers as it did then.
     *
     * @return the pin as it will stand in the pinset, or NotAWriter, Invalid, Unresolved, Busy, NotReady, or
     *         NotInPinset when the options name a pin to update that is absent
     */
    Answer<Accepted> pin(PinRequest request);

    /**
     * Removes a pin; durability and idempotency as for {@link #pin}.
     *
     * @return the pin as it was, or NotInPinset, NotAWriter, Unresolved, Busy, NotReady
     */
    Answer<Accepted> unpin(UnpinRequest request);

    /** The pin of a CID, or NotInPinset; counts operations that were acknowledged here and are not in the chain yet. */
    Answer<PinInfo> get(Cid cid);

    /**
     * Hands over the pins of the given types in CID order, from one consistent view of the pinset.
     *
     * @return the number of pins handed over
     */
    Answer<Long> list(Set<PinType> types, Consumer<? super PinInfo> each);
}
