package io.pinfold.follower.tracker;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.PinType;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.multiformats.PeerId;
import java.util.Optional;

/** What this peer is to do about a pin; answered from memory, by any thread, and may change with time. */
@FunctionalInterface
public interface Duty {

    /** Holds all that is allocated to everybody or to {@code self}. */
    static Duty of(PeerId self) {
        return entry -> entry.pin().allocations().isEmpty() || entry.pin().allocations().contains(self)
                ? Wish.HOLD
                : Wish.REMOTE;
    }

    /** What is wanted here of a pin that stands for content. */
    Wish wish(PinEntry entry);

    /** What is wanted here of a CID with or without a pin. */
    default Wish of(Optional<PinEntry> entry) {
        return entry.map(pin -> pin.pin().type() == PinType.META ? Wish.SHARDED : wish(pin)).orElse(Wish.ABSENT);
    }
}
