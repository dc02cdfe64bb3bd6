package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that are open or still remembered. One thread changes them, any number may look.
 *
 * <p>A session that has ended well is not here: what it unfolded is complete.
 */
final class Sessions {

    /** Most sessions at a time, some 300 bytes of memory each. */
    static final int MAX = 100_000;

    private static final Bytes COUNTER = Keys.name("sessions");

    private final Database database;
    private final Transaction transaction;
    private final Map<Long, SessionRow> rows = new ConcurrentHashMap<>();
    private final Map<Cid, Long> roots = new ConcurrentHashMap<>();
    private final Set<Long> changed = new HashSet<>();
    private long last;

    Sessions(Database database, Transaction transaction) {
        this.database = database;
        this.transaction = transaction;
        reload();
    }

    /** Forgets what is not on disk. */
    void reload() {
        changed.clear();
        rows.clear();
        roots.clear();
        last = database.sum(COUNTER);
        List<Row> page = database.page(Table.SESSIONS, Bytes.EMPTY, Database.MAX_PAGE);
        while (!page.isEmpty()) {
            for (Row row : page) {
                long id = Keys.number(row.key());
                hold(Rows.decodeSession(id, row.value()));
            }
            page = database.page(Table.SESSIONS, Keys.after(page.getLast().key()), Database.MAX_PAGE);
        }
    }

    /** A new session; empty if there are too many. Numbers are never used again, since nodes carry them. */
    Optional<SessionRow> create(Optional<Pin> pin) {
        if (rows.size() >= MAX) {
            return Optional.empty();
        }
        last++;
        transaction.add(COUNTER, 1);
        SessionRow row = new SessionRow(last, pin, SessionRow.Stage.OPEN, Progress.NONE, 0);
        set(row);
        return Optional.of(row);
    }

    Optional<SessionRow> find(long id) {
        return Optional.ofNullable(rows.get(id));
    }

    Optional<SessionRow> open(long id) {
        return find(id).filter(SessionRow::isOpen);
    }

    /** The session of the pin on {@code root}: the first, should an import have another. */
    Optional<SessionRow> openPin(Cid root) {
        return Optional.ofNullable(roots.get(root)).flatMap(this::open);
    }

    /** Whether the session is of no use after a restart: that of an import, or that which an import made. */
    boolean isForlorn(SessionRow row) {
        return row.isOpen()
                && row.pin().flatMap(pin -> openPin(pin.root())).filter(first -> first.id() == row.id()).isEmpty();
    }

    Collection<SessionRow> all() {
        return List.copyOf(rows.values());
    }

    /** Whether all below what this session has unfolded is here. */
    boolean hasEndedWell(long id) {
        return !rows.containsKey(id);
    }

    void set(SessionRow row) {
        if (!row.isOpen() && row.owned() == 0) {
            remove(row.id());
        } else {
            hold(row);
            changed.add(row.id());
        }
    }

    void remove(long id) {
        SessionRow gone = rows.remove(id);
        if (gone != null) {
            gone.pin().ifPresent(pin -> roots.remove(pin.root(), id));
        }
        changed.add(id);
    }

    private void hold(SessionRow row) {
        rows.put(row.id(), row);
        if (row.isOpen()) {
            row.pin().ifPresent(pin -> roots.putIfAbsent(pin.root(), row.id()));
        } else {
            row.pin().ifPresent(pin -> roots.remove(pin.root(), row.id()));
        }
    }

    /** The session has unfolded so many nodes more that are kept; nothing for one that has ended well. */
    void owns(long id, long more) {
        find(id).ifPresent(row -> set(row.owning(more)));
    }

    /** Puts what changed into the transaction. */
    void save() {
        for (long id : changed) {
            find(id).ifPresentOrElse(row -> transaction.put(Table.SESSIONS, Keys.number(id), Rows.encode(row)),
                    () -> transaction.delete(Table.SESSIONS, Keys.number(id)));
        }
        changed.clear();
    }
}
