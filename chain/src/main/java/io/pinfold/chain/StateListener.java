package io.pinfold.chain;

import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.StateMark;

/**
 * Is told how the state changes and what went wrong.
 *
 * <p>Called by the chain's thread, in order; must not block for long and does not throw. It hears nothing of what was
 * applied in an earlier run: whoever needs the whole pinset reads it from the {@link PinStore}.
 */
public interface StateListener {

    /** The effect of the next block has been applied and can be read. */
    void applied(BlockEffect effect);

    /** The state went back to {@code mark}, because another branch became better or the state is rebuilt. */
    void rewound(StateMark mark);

    /** Something that people should know. The same alert may come again. */
    void raised(ChainAlert alert);
}
