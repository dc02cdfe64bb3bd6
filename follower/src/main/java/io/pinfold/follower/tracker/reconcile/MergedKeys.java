package io.pinfold.follower.tracker.reconcile;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Several sorted sources as one, repeated keys dropped. */
final class MergedKeys implements SortedKeys {

    private record Head(Bytes key, SortedKeys source) {}

    private final List<SortedKeys> sources;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::key));
    private @Nullable Bytes last;

    private MergedKeys(List<SortedKeys> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Merges {@code sources}, which are closed with the result, or now if that fails. */
    static MergedKeys of(List<SortedKeys> sources) throws IOException {
        MergedKeys merged = new MergedKeys(sources);
        try {
            for (SortedKeys source : sources) {
                merged.advance(source);
            }
            return merged;
        } catch (IOException e) {
            merged.close();
            throw e;
        }
    }

    @Override
    public @Nullable Bytes next() throws IOException {
        while (true) {
            Head head = heads.poll();
            if (head == null) {
                return null;
            }
            advance(head.source());
            if (!Objects.equals(head.key(), last)) {
                last = head.key();
                return head.key();
            }
        }
    }

    private void advance(SortedKeys source) throws IOException {
        Bytes key = source.next();
        if (key != null) {
            heads.add(new Head(key, source));
        }
    }

    @Override
    public void close() throws IOException {
        for (SortedKeys source : sources) {
            source.close();
        }
    }
}
