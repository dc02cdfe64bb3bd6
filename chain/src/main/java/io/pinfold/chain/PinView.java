package io.pinfold.chain;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pinset as it was after one block, which no later block changes.
 *
 * <p>May be used by any thread, by several at once. Whoever asked for it closes it, after every stream; until then it
 * keeps files and memory of that pinset. After {@link #close} its methods throw {@link IllegalStateException}.
 */
public interface PinView extends AutoCloseable {

    /** The block after which this is the pinset. */
    StateMark mark();

    /** Number of pins. */
    long size();

    /** The pin of {@code cid}. */
    Optional<PinEntry> get(Cid cid);

    /** All pins in the order of CIDs. Lazy, sequential. */
    Stream<PinEntry> entries();

    /** The pins whose CID comes after {@code cid}, in the order of CIDs. Lazy, sequential. */
    Stream<PinEntry> entriesAfter(Cid cid);

    @Override
    void close();
}
