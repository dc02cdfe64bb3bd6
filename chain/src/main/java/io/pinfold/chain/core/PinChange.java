package io.pinfold.chain.core;

import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * A step of the pinset: what it says of {@code cid} from now on.
 *
 * @param entry empty if {@code cid} leaves the pinset
 */
public record PinChange(Cid cid, Optional<PinEntry> entry) {

    /**
     * Checks that the entry is of that CID.
     *
     * @throws IllegalArgumentException if it is not
     */
    public PinChange {
        entry.ifPresent(pin -> {
            if (!pin.pin().cid().equals(cid)) {
                throw new IllegalArgumentException("entry of " + pin.pin().cid() + " for " + cid);
            }
        });
    }
}
