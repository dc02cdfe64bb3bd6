package io.pinfold.chain.core.machine;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.IntakeLog;
import io.pinfold.chain.testing.MemoryIntakeLog;
import java.util.List;

/** An intake log whose writes end as {@link Fate} has it: of a group, some first entries may survive. */
record MortalIntakeLog(MemoryIntakeLog log, Fate fate) implements IntakeLog {

    @Override
    public List<IntakeEntry> pending() {
        return log.pending();
    }

    @Override
    public List<IntakeEntry> keyed() {
        return log.keyed();
    }

    @Override
    public void append(List<IntakeEntry> entries) {
        fate.write(entries.size(), written -> log.append(entries.subList(0, written)));
    }

    @Override
    public void retire(long seq) {
        log.retire(seq);
    }

    @Override
    public void close() {
        log.close();
    }
}
