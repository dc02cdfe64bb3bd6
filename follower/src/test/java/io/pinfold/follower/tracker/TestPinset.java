package io.pinfold.follower.tracker;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.multiformats.Cid;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** A pinset in memory. */
final class TestPinset implements Pinset {

    final ConcurrentSkipListMap<Cid, PinEntry> pins = new ConcurrentSkipListMap<>();

    void put(PinEntry entry) {
        pins.put(entry.pin().cid(), entry);
    }

    @Override
    public Optional<PinEntry> get(Cid cid) {
        return Optional.ofNullable(pins.get(cid));
    }

    @Override
    public long size() {
        return pins.size();
    }

    @Override
    public void scan(Optional<Cid> after, Predicate<PinEntry> each) {
        boolean _ = after.<NavigableMap<Cid, PinEntry>>map(cid -> pins.tailMap(cid, false))
                .orElse(pins)
                .values()
                .stream()
                .allMatch(each);
    }
}
