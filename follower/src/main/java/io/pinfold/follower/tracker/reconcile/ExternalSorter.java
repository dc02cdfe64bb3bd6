package io.pinfold.follower.tracker.reconcile;

import io.pinfold.multiformats.Bytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts any number of short keys in a fixed amount of memory, and drops repeated ones.
 *
 * <p>Keys are collected in memory; a full collection is sorted and spilled as a run; as many runs of one level as
 * {@link SortLimits#fanIn} are merged into a run of the next. What fits into memory never touches a disk. Closing
 * removes all files. For one thread.
 */
final class ExternalSorter implements AutoCloseable {

    /** The longest key, in bytes. */
    static final int MAX_KEY = 255;

    private static final int BUFFER = 16 * 1024;

    private record Run(int number, long bytes) {}

    private final Spill spill;
    private final SortLimits limits;
    private final List<Bytes> collected = new ArrayList<>();
    private final List<List<Run>> levels = new ArrayList<>();
    private int collectedBytes;
    private int nextRun;
    private long spilled;

    ExternalSorter(Spill spill, SortLimits limits) {
        this.spill = spill;
        this.limits = limits;
    }

    /** Adds a key of at most {@value #MAX_KEY} bytes. */
    void add(Bytes key) throws IOException {
        if (key.size() > MAX_KEY) {
            throw new IllegalArgumentException("key of " + key.size() + " bytes");
        }
        collected.add(key);
        collectedBytes += key.size();
        if (collectedBytes >= limits.runBytes()) {
            keep(0, write(sortedCollection()));
            collected.clear();
            collectedBytes = 0;
        }
    }

    /** All keys in order; nothing is added afterwards. */
    SortedKeys sorted() throws IOException {
        List<SortedKeys> sources = open(levels.stream().flatMap(List::stream).toList());
        sources.add(sortedCollection());
        return MergedKeys.of(sources);
    }

    /** Number of runs that were written so far. */
    int runs() {
        return nextRun;
    }

    private void keep(int level, Run run) throws IOException {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<Run> runs = levels.get(level);
        runs.add(run);
        if (runs.size() == limits.fanIn()) {
            Run merged = write(MergedKeys.of(open(runs)));
            for (Run old : runs) {
                spill.delete(old.number());
                spilled -= old.bytes();
            }
            runs.clear();
            keep(level + 1, merged);
        }
    }

    private List<SortedKeys> open(List<Run> runs) throws IOException {
        List<SortedKeys> opened = new ArrayList<>();
        try {
            for (Run run : runs) {
                opened.add(new RunReader(spill.open(run.number()), BUFFER));
            }
            return opened;
        } catch (IOException e) {
            for (SortedKeys source : opened) {
                source.close();
            }
            throw e;
        }
    }

    private Run write(SortedKeys keys) throws IOException {
        int number = nextRun++;
        long bytes = 0;
        try (keys; OutputStream out = new BufferedOutputStream(spill.create(number), BUFFER)) {
            for (Bytes key = keys.next(); key != null; key = keys.next()) {
                bytes += 1 + key.size();
                if (spilled + bytes > limits.spillBytes()) {
                    throw new IOException("sorting needs more than " + limits.spillBytes() + " bytes on disk");
                }
                out.write(key.size());
                out.write(key.toArray());
            }
        }
        spilled += bytes;
        return new Run(number, bytes);
    }

    private SortedKeys sortedCollection() {
        collected.sort(null);
        Iterator<Bytes> keys = collected.iterator();
        return new SortedKeys() {
            @Override
            public @Nullable Bytes next() {
                return keys.hasNext() ? keys.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() throws IOException {
        collected.clear();
        for (int number = 0; number < nextRun; number++) {
            spill.delete(number);
        }
    }
}
