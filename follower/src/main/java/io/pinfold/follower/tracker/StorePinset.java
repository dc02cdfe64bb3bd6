package io.pinfold.follower.tracker;

import io.pinfold.chain.PinStore;
import io.pinfold.chain.PinView;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.multiformats.Cid;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The pinset of a {@link PinStore}. */
public final class StorePinset implements Pinset {

    private final PinStore store;

    /** Reads {@code store}, which stays its maker's to close. */
    public StorePinset(PinStore store) {
        this.store = store;
    }

    @Override
    public Optional<PinEntry> get(Cid cid) {
        return store.get(cid);
    }

    @Override
    public long size() {
        return store.size();
    }

    @Override
    public void scan(Optional<Cid> after, Predicate<PinEntry> each) {
        try (PinView view = store.view();
                Stream<PinEntry> entries = after.map(view::entriesAfter).orElseGet(view::entries)) {
            boolean _ = entries.allMatch(each);
        }
    }
}
