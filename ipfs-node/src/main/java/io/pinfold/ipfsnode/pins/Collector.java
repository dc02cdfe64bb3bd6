package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Blockstore.Removal;
import io.pinfold.ipfsnode.Blockstore.Stored;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Removes blocks that no node is left of, a few at a time: first those that just lost their last reference; then, for whoever
 * asked for it, all that never had one. For one thread, that of the {@link Ledger}.
 */
final class Collector {

    /** Blocks that one step looks at. */
    private static final int STEP = 256;

    private final Database database;
    private final Blockstore store;
    private final Guards guards;
    private final Queue<Sweep> sweeps = new ArrayDeque<>();

    Collector(Database database, Blockstore store, Guards guards) {
        this.database = database;
        this.store = store;
        this.guards = guards;
    }

    /** Has what waits worked off, and then, if {@code all}, every block looked at; {@code done} gets to know. */
    void request(boolean all, CompletableFuture<Collected> done) {
        sweeps.add(new Sweep(all, Optional.empty(), Collected.NONE, done));
    }

    /** Tells all who wait that their collections fail. */
    void fail(Throwable why) {
        while (!sweeps.isEmpty()) {
            sweeps.remove().done().completeExceptionally(why);
        }
    }

    /** Does a little, or throws {@link TroubleException} and leaves it to be done; false if there is nothing to do. */
    boolean step(Ledger ledger) {
        return ledger.releaseSome() || removeDoomed(ledger) || sweepSome(ledger);
    }

    private boolean removeDoomed(Ledger ledger) {
        Optional<List<Bytes>> hashes = ledger.doomed().first();
        if (hashes.isEmpty()) {
            return false;
        }
        Collected removed = removeUnkept(hashes.get().stream().distinct().toList());
        if (!sweeps.isEmpty()) {
            sweeps.add(sweeps.remove().plus(removed));
        }
        ledger.doomed().taken();
        ledger.commit();
        return true;
    }

    private boolean sweepSome(Ledger ledger) {
        if (sweeps.isEmpty()) {
            return false;
        }
        ledger.commit();
        Sweep sweep = sweeps.element();
        if (sweep.done().isDone()) {
            sweeps.remove();
            return true;
        }
        List<Stored> page = sweep.all() ? store.page(sweep.at(), STEP) : List.of();
        if (page.isEmpty()) {
            sweeps.remove().done().complete(sweep.collected());
        } else {
            Collected removed = removeUnkept(page.stream().map(block -> block.hash().toBytes()).toList());
            sweeps.remove();
            sweeps.add(sweep.plus(removed).from(page.getLast().hash()));
        }
        return true;
    }

    private Collected removeUnkept(List<Bytes> keys) {
        List<Multihash> unkept = keys.stream()
                .filter(key -> !database.hasNode(key))
                .map(key -> Multihash.decode(key).orElseThrow())
                .toList();
        List<Multihash> free = guards.claim(unkept);
        try {
            long before = store.usage().blocks();
            return switch (store.remove(free)) {
                case Removal.Removed(long bytes) ->
                    new Collected(Math.max(0, before - store.usage().blocks()), bytes);
                case Removal.Full(String detail) -> throw new TroubleException(detail, true);
                case Removal.Failed(String detail) -> throw new TroubleException(detail, false);
            };
        } finally {
            guards.gone(free);
        }
    }

    private record Sweep(boolean all, Optional<Multihash> at, Collected collected,
            CompletableFuture<Collected> done) {

        Sweep plus(Collected more) {
            return new Sweep(all, at, collected.plus(more), done);
        }

        Sweep from(Multihash last) {
            return new Sweep(all, Optional.of(last), collected, done);
        }
    }
}
