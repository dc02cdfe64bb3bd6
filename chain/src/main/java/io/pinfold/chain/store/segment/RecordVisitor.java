package io.pinfold.chain.store.segment;

import java.nio.ByteBuffer;

/** Hears of the records of a log, in order, while it is opened. */
@FunctionalInterface
public interface RecordVisitor {

    /** A good record; {@code payload} is valid during the call only. */
    void record(long position, ByteBuffer payload);
}
