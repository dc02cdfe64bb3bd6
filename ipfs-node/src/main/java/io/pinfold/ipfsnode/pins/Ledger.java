package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.pins.Graph.Place;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is known of pins, sessions and references, and the changes that may be made to it. For one thread. */
final class Ledger {

    /** Holds that are looked at in one step. */
    private static final int PAGE = 128;

    private final Transaction transaction;
    private final Sessions sessions;
    private final DiskQueue releases;
    private final DiskQueue doomed;
    private final Graph graph;
    private final Levels levels;

    /** No hold of an ended session is left below it: spares looking through what was deleted. */
    private Bytes endedAt = Bytes.EMPTY;

    Ledger(Database database) {
        transaction = new Transaction(database);
        sessions = new Sessions(database, transaction);
        releases = new DiskQueue(database, transaction, Table.RELEASES);
        doomed = new DiskQueue(database, transaction, Table.DOOMED);
        graph = new Graph(transaction, sessions, releases);
        levels = new Levels(transaction, sessions, graph);
        transaction.beforeCommit(this::saveAll);
    }

    Sessions sessions() {
        return sessions;
    }

    DiskQueue doomed() {
        return doomed;
    }

    /** Writes all changes, or throws {@link TroubleException} and has made none. */
    void commit() {
        transaction.commit();
    }

    private void saveAll() {
        sessions.save();
        doom(graph.takeLost());
    }

    /** Forgets what is not on disk. */
    void revert() {
        transaction.forget();
        graph.takeLost();
        endedAt = Bytes.EMPTY;
        sessions.reload();
        releases.reload();
        doomed.reload();
    }

    /** How many rows are changed and not written. */
    int pending() {
        return transaction.size();
    }

    Optional<Pinned> pinned(Cid root) {
        return transaction.get(Table.PINS, root.toBytes()).map(Rows::decodePinned);
    }

    /** Gives a finished pin another name. */
    void rename(Pinned pinned, String name) {
        Pin pin = pinned.pin();
        setPin(new Pinned(new Pin(pin.root(), pin.depth(), name), pinned.holder()));
    }

    /** A session for this pin: the one that there is, or a new one; empty if there are too many. */
    Optional<SessionRow> begin(Pin pin) {
        Optional<SessionRow> before = sessions.openPin(pin.root());
        if (before.isPresent() && before.get().pin().orElseThrow().depth() == pin.depth()) {
            sessions.set(before.get().named(pin));
            return sessions.find(before.get().id());
        }
        before.ifPresent(this::abort);
        return beginAnew(pin);
    }

    /** A new session for this pin, whether there is one or not. */
    Optional<SessionRow> beginAnew(Pin pin) {
        Optional<SessionRow> session = sessions.create(Optional.of(pin));
        session.ifPresent(row -> start(row, pin));
        return session;
    }

    private void start(SessionRow session, Pin pin) {
        if (pin.isRecursive()) {
            Bytes root = NodeKey.whole(pin.root());
            graph.refer(root);
            graph.visit(session, root);
        } else {
            levels.visit(session.id(), 0, NodeKey.bare(pin.root()));
        }
    }

    /** A session for blocks whose root is known at the end. */
    Optional<SessionRow> beginImport() {
        return sessions.create(Optional.empty());
    }

    /** Takes nodes whose blocks are here. */
    Taken take(long id, List<Arrived> arrived) {
        Map<Bytes, Place> others = new HashMap<>();
        for (Arrived one : arrived) {
            Optional<SessionRow> session = sessions.open(id);
            if (session.isEmpty()) {
                return new Taken(false, others);
            }
            if (!session.get().isWhole()) {
                levels.place(session.get(), session.get().pin().orElseThrow().depth(), one);
            } else {
                Place place = graph.unfold(session.get(), one);
                if (place != Place.TAKEN) {
                    others.put(one.key(), place);
                }
            }
        }
        return new Taken(sessions.open(id).isPresent(), others);
    }

    /** Keeps blocks that came before it is known where they belong; for pins of limited depth. */
    Taken keep(long id, List<Bytes> keys) {
        Optional<SessionRow> session = sessions.open(id);
        session.ifPresent(row -> keys.forEach(key -> levels.keep(row, key)));
        return new Taken(session.isPresent(), Map.of());
    }

    /**
     * What became of taking.
     *
     * @param open whether the session goes on
     * @param others nodes that were not taken, and why
     */
    record Taken(boolean open, Map<Bytes, Place> others) {}

    /** Whether the session wants nothing more. */
    boolean isComplete(long id) {
        return transaction.page(Table.WANTED, Keys.number(id), Keys.number(id), 1).isEmpty();
    }

    /** Has a session that keeps whole graphs want this one. */
    void want(long id, Cid cid) {
        sessions.open(id).ifPresent(session -> graph.visit(session, NodeKey.whole(cid)));
    }

    /** Drops some holds of blocks that belong nowhere, from this key on; where to go on, empty at the end. */
    Optional<Bytes> dropStrays(long id, Bytes from) {
        List<Row> page = transaction.page(Table.HOLDS, Keys.number(id), from, PAGE);
        page.stream()
                .filter(row -> !Levels.isPlaced(row.value()))
                .forEach(row -> graph.letGo(id, SessionKey.nodeOf(row.key())));
        return page.size() < PAGE ? Optional.empty() : Optional.of(Keys.after(page.getLast().key()));
    }

    /** The session has all that it wants: from now on it is a pin. */
    void finish(SessionRow session, Pin pin) {
        pinned(pin.root()).ifPresent(this::releasePin);
        setPin(new Pinned(pin, session.id()));
        endWell(session.id());
    }

    /** The import has all that it wants, the root among it: a pin keeps it from now on. */
    void adopt(SessionRow session, Pin pin) {
        graph.refer(NodeKey.whole(pin.root()));
        pinned(pin.root()).ifPresent(this::releasePin);
        setPin(new Pinned(pin, session.id()));
    }

    /** Ends an import; what pins do not keep is released. */
    void endImport(SessionRow session) {
        if (isComplete(session.id())) {
            transaction.put(Table.ENDED, Keys.number(session.id()), Bytes.EMPTY);
            endWell(session.id());
        } else {
            abort(session);
        }
    }

    private void endWell(long id) {
        transaction.deleteAll(Table.SEEN, Keys.number(id));
        sessions.remove(id);
    }

    private void setPin(Pinned pinned) {
        transaction.put(Table.PINS, pinned.pin().root().toBytes(), Rows.encode(pinned));
    }

    /** Ends the session; what only it wanted is released. */
    void abort(SessionRow session) {
        long id = session.id();
        transaction.deleteAll(Table.WANTED, Keys.number(id));
        transaction.deleteAll(Table.SEEN, Keys.number(id));
        if (session.pin().filter(Pin::isRecursive).isPresent()) {
            graph.release(List.of(NodeKey.whole(session.pin().get().root())));
        } else {
            transaction.put(Table.ENDED, Keys.number(id), Bytes.EMPTY);
        }
        sessions.set(session.aborted());
    }

    /** Ends the pin on {@code root}, finished or not; whether there was one. */
    boolean unpin(Cid root) {
        Optional<SessionRow> session = sessions.openPin(root);
        session.ifPresent(this::abort);
        Optional<Pinned> pinned = pinned(root);
        pinned.ifPresent(this::releasePin);
        transaction.delete(Table.PINS, root.toBytes());
        return session.isPresent() || pinned.isPresent();
    }

    /** Deletes a pin whose references are not counted. */
    void forgetPin(Cid root) {
        transaction.delete(Table.PINS, root.toBytes());
    }

    private void releasePin(Pinned pinned) {
        if (pinned.pin().isRecursive()) {
            graph.release(List.of(NodeKey.whole(pinned.pin().root())));
        } else {
            transaction.put(Table.ENDED, Keys.number(pinned.holder()), Bytes.EMPTY);
        }
    }

    /** Has these blocks looked at: those that nothing refers to are removed. */
    void doom(List<Bytes> hashes) {
        for (int from = 0; from < hashes.size(); from += PAGE) {
            doomed.add(hashes.subList(from, Math.min(from + PAGE, hashes.size())));
        }
    }

    /** Works off a little of what is to be released; false if there is nothing. */
    boolean releaseSome() {
        Optional<List<Bytes>> keys = releases.first();
        if (keys.isPresent()) {
            releases.taken();
            keys.get().forEach(graph::drop);
            commit();
            return true;
        }
        List<Row> ended = transaction.page(Table.ENDED, Bytes.EMPTY, Bytes.EMPTY, 1);
        if (ended.isEmpty()) {
            return false;
        }
        dropHolds(ended.getFirst().key());
        commit();
        return true;
    }

    private void dropHolds(Bytes holder) {
        Bytes from = endedAt.startsWith(holder) ? endedAt : holder;
        List<Row> holds = transaction.page(Table.HOLDS, holder, from, PAGE);
        holds.forEach(row -> graph.letGo(Keys.number(holder), SessionKey.nodeOf(row.key())));
        if (holds.size() < PAGE) {
            transaction.delete(Table.ENDED, holder);
        } else {
            endedAt = Keys.after(holds.getLast().key());
        }
    }
}
