package io.pinfold.chain;

import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * The pinset after the newest applied block: a cache of the chain, made of an immutable base on disk and the effects of
 * the blocks since in memory.
 *
 * <p>One thread calls {@link #apply} and {@link #rewind}; all other methods may be called from any thread and never wait
 * on it. Nothing that {@code apply} did needs to survive a crash: after one, {@link #mark} tells where the newest sound
 * base stands and the caller applies the blocks after it again. A base that does not open or fails its check is passed
 * over for the one before, or for the empty state.
 *
 * <p>If the disk is full or fails, a method throws {@link StoreException}; nothing of that call has happened then, and it
 * may be made again.
 */
public interface PinStore extends AutoCloseable {

    /** The greatest number of changes in memory; at this bound {@link #apply} waits until a base is built. */
    int MAX_OVERLAY = 200_000;

    /** Where the state stands. */
    StateMark mark();

    /** The pin of {@code cid}. */
    Optional<PinEntry> get(Cid cid);

    /** Number of pins. */
    long size();

    /** The present pinset, frozen. */
    PinView view();

    /**
     * Applies the effect of the next block; visible to readers, wholly, when this returns.
     *
     * <p>Building a base happens on a thread of the store's own. A base stands some blocks below the newest, so that a
     * short reorganisation finds them in memory.
     *
     * @throws IllegalArgumentException if the state does not stand at {@code effect.before()}
     */
    void apply(BlockEffect effect);

    /**
     * Goes back to {@code height}, or, if the blocks since are not all in memory, to the newest kept base at or below it,
     * or to the empty state; visible to readers when this returns.
     *
     * <p>A base that stands above {@code height} is never used again, also not after a crash. A base may be of a branch
     * that was left: the caller compares the mark with its chain and goes back further if it is on none of it.
     *
     * @return where the state stands now
     */
    StateMark rewind(long height);

    /** Ends building and closes the files; a base need not be made for that. */
    @Override
    void close();
}
