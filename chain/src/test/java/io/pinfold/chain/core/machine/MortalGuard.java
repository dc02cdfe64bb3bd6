package io.pinfold.chain.core.machine;

import io.pinfold.chain.testing.MemoryGuard;
import io.pinfold.trust.Guard;
import io.pinfold.trust.HeadMark;
import java.util.Collection;
import java.util.List;

/** A guard log whose writes end as {@link Fate} has it. */
record MortalGuard(MemoryGuard guard, Fate fate) implements Guard {

    @Override
    public long reserved() {
        return guard.reserved();
    }

    @Override
    public void reserve(long seq) {
        fate.write(1, written -> {
            if (written > 0) {
                guard.reserve(seq);
            }
        });
    }

    @Override
    public List<HeadMark> heads() {
        return guard.heads();
    }

    @Override
    public void accept(Collection<HeadMark> heads) {
        fate.write(heads.size(), written -> guard.accept(heads.stream().limit(written).toList()));
    }

    @Override
    public void close() {
        guard.close();
    }
}
