package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.LogOp.ConfigOp;
import io.pinfold.chain.core.LogOp.PinOp;
import io.pinfold.chain.core.LogOp.TrustOp;
import io.pinfold.chain.core.LogOp.UnpinOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a block makes of the pinset: the operations of the blocks that it merges, in the order of {@code merges}, then its
 * own. A pin replaces, an unpin removes.
 */
public final class Fold {

    private Fold() {}

    /**
     * The effect of the valid block {@code block}.
     *
     * @param merges the blocks that it merges, in that order
     * @param after where a state stands after it
     */
    public static BlockEffect effect(SignedBlock block, List<SignedBlock> merges, StateMark after) {
        List<PinChange> changes = new ArrayList<>();
        for (SignedBlock merge : merges) {
            add(changes, merge, block.height());
        }
        add(changes, block, block.height());
        return new BlockEffect(new ChainPoint(block.height() - 1, block.block().prev()), after, changes);
    }

    private static void add(List<PinChange> changes, SignedBlock block, long height) {
        for (LogOp op : block.block().ops()) {
            switch (op) {
                case PinOp(Pin pin) -> changes.add(new PinChange(pin.cid(),
                        Optional.of(new PinEntry(pin, height, block.block().timeMillis()))));
                case UnpinOp(Cid cid) -> changes.add(new PinChange(cid, Optional.empty()));
                case TrustOp _,ConfigOp _ -> throw new IllegalArgumentException("not active: " + block);
            }
        }
    }
}
