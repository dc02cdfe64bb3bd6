package io.pinfold.chain.testing;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.IntakeLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An intake log in memory, which survives its users; what was retired since the last append is forgotten by a crash. */
public final class MemoryIntakeLog implements IntakeLog {

    private final List<IntakeEntry> entries = new ArrayList<>();
    private final Set<Long> retired = new HashSet<>();
    private final Set<Long> retiredLately = new HashSet<>();
    private int appends;

    @Override
    public synchronized List<IntakeEntry> pending() {
        return entries.stream()
                .filter(entry -> !retired.contains(entry.seq()) && !retiredLately.contains(entry.seq()))
                .toList();
    }

    @Override
    public synchronized List<IntakeEntry> keyed() {
        return entries.stream().filter(entry -> entry.key().isPresent()).toList();
    }

    @Override
    public synchronized void append(List<IntakeEntry> more) {
        appends++;
        retired.addAll(retiredLately);
        retiredLately.clear();
        entries.addAll(more);
    }

    @Override
    public synchronized void retire(long seq) {
        retiredLately.add(seq);
    }

    /** Number of calls of {@link #append}, each of which is one force. */
    public synchronized int appends() {
        return appends;
    }

    /** What a crash leaves. */
    public synchronized void crash() {
        retiredLately.clear();
    }

    /** A copy, as of a folder. */
    public synchronized MemoryIntakeLog copy() {
        MemoryIntakeLog copy = new MemoryIntakeLog();
        copy.entries.addAll(entries);
        copy.retired.addAll(retired);
        return copy;
    }

    @Override
    public synchronized void close() {
        retired.addAll(retiredLately);
    }
}
