package io.pinfold.chain.testing;

import io.pinfold.chain.PinStore;
import io.pinfold.chain.PinView;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A pin store in memory that can undo a given number of blocks, and beyond that begins anew. */
public final class MemoryPinStore implements PinStore {

    private final StateMark genesis;
    private final int depth;
    private final Map<Cid, PinEntry> pins = new HashMap<>();
    private final Deque<Undo> undos = new ArrayDeque<>();
    private StateMark mark;

    private record Undo(StateMark before, Map<Cid, Optional<PinEntry>> former) {}

    /** An empty store of the cluster {@code chainId} that can undo {@code depth} blocks. */
    public MemoryPinStore(Cid chainId, int depth) {
        this.genesis = StateMark.genesis(chainId);
        this.mark = genesis;
        this.depth = depth;
    }

    /** What a base of this state is when it is opened: a store with the same pins that can undo nothing of them. */
    public synchronized MemoryPinStore base() {
        MemoryPinStore base = new MemoryPinStore(genesis.point().cid(), depth);
        base.pins.putAll(pins);
        base.mark = mark;
        return base;
    }

    @Override
    public synchronized StateMark mark() {
        return mark;
    }

    @Override
    public synchronized Optional<PinEntry> get(Cid cid) {
        return Optional.ofNullable(pins.get(cid));
    }

    @Override
    public synchronized long size() {
        return pins.size();
    }

    /** All pins. */
    public synchronized SortedMap<Cid, PinEntry> all() {
        return new TreeMap<>(pins);
    }

    @Override
    public synchronized PinView view() {
        return new Frozen(mark, new TreeMap<>(pins));
    }

    @Override
    public synchronized void apply(BlockEffect effect) {
        if (!effect.before().equals(mark.point())) {
            throw new IllegalArgumentException("at " + mark.point() + ", not at " + effect.before());
        }
        Map<Cid, Optional<PinEntry>> former = new LinkedHashMap<>();
        for (PinChange change : effect.changes()) {
            former.putIfAbsent(change.cid(), Optional.ofNullable(pins.get(change.cid())));
            set(change.cid(), change.entry());
        }
        undos.push(new Undo(mark, former));
        if (undos.size() > depth) {
            undos.removeLast();
        }
        mark = effect.after();
    }

    @Override
    public synchronized StateMark rewind(long height) {
        while (mark.height() > height) {
            if (undos.isEmpty()) {
                pins.clear();
                mark = genesis;
                return mark;
            }
            Undo undo = undos.pop();
            undo.former().forEach(this::set);
            mark = undo.before();
        }
        return mark;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private void set(Cid cid, Optional<PinEntry> entry) {
        entry.ifPresentOrElse(pin -> pins.put(cid, pin), () -> pins.remove(cid));
    }

    private record Frozen(StateMark mark, TreeMap<Cid, PinEntry> pins) implements PinView {

        @Override
        public long size() {
            return pins.size();
        }

        @Override
        public Optional<PinEntry> get(Cid cid) {
            return Optional.ofNullable(pins.get(cid));
        }

        @Override
        public Stream<PinEntry> entries() {
            return pins.values().stream();
        }

        @Override
        public Stream<PinEntry> entriesAfter(Cid cid) {
            return pins.tailMap(cid, false).values().stream();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
