package io.pinfold.chain.core.machine;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.testing.ForwardingIntakeLog;
import io.pinfold.chain.testing.MemoryIntakeLog;
import java.util.List;

/** An intake log whose writes end as {@link Fate} has it: of a group, some first entries may survive. */
final class MortalIntakeLog extends ForwardingIntakeLog {

    private final Fate fate;

    MortalIntakeLog(MemoryIntakeLog log, Fate fate) {
        super(log);
        this.fate = fate;
    }

    @Override
    public void append(List<IntakeEntry> entries) {
        fate.write(entries.size(), written -> super.append(entries.subList(0, written)));
    }
}
