package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.StateMark;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The pinset before the first block. */
record EmptyBase(StateMark mark) implements Base {

    @Override
    public long count() {
        return 0;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return null;
    }

    @Override
    public Iterator<RawPin> iterator(byte @Nullable [] after) {
        return Collections.emptyIterator();
    }

    @Override
    public boolean acquire() {
        return true;
    }

    @Override
    public void release() {}
}
