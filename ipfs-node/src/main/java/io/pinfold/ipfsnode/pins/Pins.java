package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The pins of a node. Any number of threads may call; every change that is answered survives the process.
 *
 * <p>To be closed before the blockstore, when no session is at work.
 */
public final class Pins implements AutoCloseable {

    /** Pins that {@link #forEach} asks for at a time. */
    private static final int PAGE = 1_024;

    private final Database database;
    private final Context context;
    private final Keeper keeper;

    /** Roots of pins that somebody is at. */
    private final Set<Cid> attended = ConcurrentHashMap.newKeySet();

    /**
     * The pins in {@code database}, of the blocks in {@code store}. Imports that a crash ended are undone; after a damage
     * of the database, all references are counted anew.
     *
     * @param links tells the links of blocks; what it says of a block must not change
     */
    public Pins(Database database, Blockstore store, LinkReader links, Budget budget) {
        this.database = database;
        Guards guards = new Guards();
        Recount recount = new Recount(database);
        if (recount.isDue()) {
            recount.forget();
        }
        Ledger ledger = new Ledger(database);
        keeper = new Keeper(ledger, new Collector(database, store, guards)).start();
        context = new Context(database, store, links, keeper, guards, budget);
        keeper.tell(Pins::abortImports);
        if (recount.isDue()) {
            recount.run(context);
        }
    }

    private static void abortImports(Ledger ledger) {
        ledger.sessions().all().stream().filter(ledger.sessions()::isForlorn).forEach(ledger::abort);
    }

    /** Begins a pin, or goes on with it where it was; a finished one of this depth gets the name. */
    public Begun begin(Pin pin) {
        Optional<Pinned> there = find(pin.root()).filter(pinned -> pinned.pin().equals(pin));
        if (there.isPresent()) {
            return new Begun.Already(pin);
        }
        if (!attended.add(pin.root())) {
            return new Begun.Busy();
        }
        Begun begun = new Begun.Busy();
        try {
            begun = keeper.ask(ledger -> begin(ledger, pin));
        } catch (TroubleException e) {
            begun = new Begun.Trouble(e.detail(), e.isFull());
        } finally {
            if (!(begun instanceof Begun.Started)) {
                attended.remove(pin.root());
            }
        }
        return begun;
    }

    private Begun begin(Ledger ledger, Pin pin) {
        Optional<Pinned> there = ledger.pinned(pin.root());
        if (there.isPresent() && there.get().pin().depth() == pin.depth()) {
            ledger.rename(there.get(), pin.name());
            return new Begun.Already(pin);
        }
        return ledger.begin(pin)
                .<Begun>map(row -> new Begun.Started(
                        new PinSession(context, row.id(), pin, () -> attended.remove(pin.root()))))
                .orElse(new Begun.Busy());
    }

    /** Begins an import. */
    public ImportBegun beginImport() {
        try {
            return keeper.ask(Ledger::beginImport)
                    .<ImportBegun>map(row -> new ImportBegun.Started(new ImportSession(context, row.id())))
                    .orElse(new ImportBegun.TooMany());
        } catch (TroubleException e) {
            return new ImportBegun.Trouble(e.detail(), e.isFull());
        }
    }

    /** The pins that are under way, whether somebody is at them or not. */
    public List<Pin> unfinished() {
        return keeper.ask(ledger -> ledger.sessions()
                .all()
                .stream()
                .filter(row -> !ledger.sessions().isForlorn(row))
                .filter(SessionRow::isOpen)
                .flatMap(row -> row.pin().stream())
                .toList());
    }

    /** Ends a pin, finished or under way; what nothing else keeps is removed soon. */
    public Unpinned unpin(Cid root) {
        try {
            return keeper.ask(ledger -> ledger.unpin(root)) ? new Unpinned.Done() : new Unpinned.Absent();
        } catch (TroubleException e) {
            return new Unpinned.Trouble(e.detail(), e.isFull());
        }
    }

    /** How a CID stands. */
    public PinStatus status(Cid cid) {
        Optional<Pinned> pinned = find(cid);
        if (pinned.isPresent()) {
            return new PinStatus.Finished(pinned.get().pin());
        }
        return keeper.ask(ledger -> ledger.sessions().openPin(cid))
                .<PinStatus>map(row -> new PinStatus.UnderWay(row.pin().orElseThrow(), row.progress()))
                .orElseGet(() -> isKept(cid) ? new PinStatus.Indirect() : new PinStatus.Unpinned());
    }

    private boolean isKept(Cid cid) {
        return database.hasNode(cid.hash().toBytes());
    }

    private Optional<Pinned> find(Cid root) {
        return database.get(Table.PINS, root.toBytes()).map(Rows::decodePinned);
    }

    /** The first finished pins behind {@code after}, or from the beginning, in the order of their roots; empty at the end. */
    public List<Pin> page(Optional<Cid> after, int limit) {
        Bytes from = after.map(root -> Keys.after(root.toBytes())).orElse(Bytes.EMPTY);
        List<Pin> pins = new ArrayList<>();
        for (Row row : database.page(Table.PINS, from, limit)) {
            pins.add(Rows.decodePinned(row.value()).pin());
        }
        return pins;
    }

    /** Hands every finished pin to {@code each}, in memory that does not grow; those that come or go meanwhile may be missed. */
    public void forEach(Consumer<Pin> each) {
        List<Pin> page = page(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(each);
            page = page(Optional.of(page.getLast().root()), PAGE);
        }
    }

    /** Removes all blocks that nothing keeps, beside whatever else goes on, and returns when that is done. */
    public CollectionOutcome collect() {
        return collect(true);
    }

    /** Returns when what ended pins kept is removed. */
    public CollectionOutcome awaitReleases() {
        return collect(false);
    }

    private CollectionOutcome collect(boolean all) {
        try {
            return keeper.collectUnlessInterrupted(all)
                    .<CollectionOutcome>map(CollectionOutcome.Done::new)
                    .orElseGet(CollectionOutcome.Interrupted::new);
        } catch (TroubleException e) {
            return new CollectionOutcome.Trouble(e.detail(), e.isFull());
        }
    }

    /** Compares every block with its hash, and every kept node with what is here; {@code each} gets to know what is wrong. */
    public Verification verify(Verification.Watcher each) {
        boolean bare = unfinished().stream().allMatch(Pin::isRecursive);
        return new Verifier(database, context.store(), bare, each).run();
    }

    /** Serves what waits and returns when the work has ended; what is to be removed goes on with the next start. */
    @Override
    public void close() {
        keeper.close();
    }
}
