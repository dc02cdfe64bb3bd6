package io.pinfold.follower.pins;

import io.pinfold.chain.PinStore;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * The pinset with what was acknowledged since the last block: operations that wait in the intake count as done.
 *
 * @param intake where operations wait
 * @param state what blocks have brought about
 */
public record PresentPins(Intake intake, PinStore state) {

    /** The pin of {@code cid} as it is, or will be by operations that wait for a block. */
    public Optional<Pin> get(Cid cid) {
        return switch (intake.newest(cid).orElse(null)) {
            case LogOp.PinOp(Pin pin) -> Optional.of(pin);
            case LogOp.UnpinOp _ -> Optional.empty();
            case null, default -> state.get(cid).map(PinEntry::pin);
        };
    }
}
