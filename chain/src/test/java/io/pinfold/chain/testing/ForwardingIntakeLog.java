package io.pinfold.chain.testing;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.IntakeLog;
import java.util.List;

/** An intake log that does what another does, but for what its heirs change. */
public abstract class ForwardingIntakeLog implements IntakeLog {

    private final IntakeLog log;

    /** One that does what {@code log} does. */
    protected ForwardingIntakeLog(IntakeLog log) {
        this.log = log;
    }

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
        log.append(entries);
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
