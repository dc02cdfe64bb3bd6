package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.ipfsnode.pins.CollectionOutcome;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.pins.Verification;
import io.pinfold.ipfsnode.view.RepositoryView;
import java.nio.file.Path;

/** What a node stores. */
record InsideRepository(Path folder, Blockstore store, Budget budget, Pins pins) implements RepositoryView {

    @Override
    public Usage usage() {
        return store.usage();
    }

    @Override
    public long used() {
        return budget.used();
    }

    @Override
    public long max() {
        return budget.max();
    }

    @Override
    public CollectionOutcome collect() {
        return pins.collect();
    }

    @Override
    public Verification verify(Verification.Watcher each) {
        return pins.verify(each);
    }
}
