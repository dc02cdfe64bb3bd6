package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Edits;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.ipfsnode.store.database.Written;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Counts all references anew, from the pins, after parts of the counts were lost. A pin of which something is missing is under
 * way afterwards, so that it is fetched. A crash meanwhile has it begin again.
 */
final class Recount {

    private static final int PAGE = 256;

    private static final List<Table> COUNTED = List.of(Table.NODES, Table.LINKS, Table.WANTED, Table.HOLDS, Table.SEEN,
            Table.RELEASES, Table.ENDED, Table.DOOMED);

    private final Database database;

    Recount(Database database) {
        this.database = database;
    }

    boolean isDue() {
        return database.sum(Database.RECOUNT) > 0;
    }

    /** Forgets all counts; pins under way become pins whose blocks may be missing. Before a ledger is made. */
    void forget() {
        Edits edits = new Edits();
        COUNTED.forEach(edits::clear);
        List<Row> page = database.page(Table.SESSIONS, Bytes.EMPTY, PAGE);
        while (!page.isEmpty()) {
            for (Row row : page) {
                SessionRow session = Rows.decodeSession(Keys.number(row.key()), row.value());
                session.pin().filter(_ -> session.isOpen()).ifPresent(pin -> {
                    if (database.get(Table.PINS, pin.root().toBytes()).isEmpty()) {
                        edits.put(Table.PINS, pin.root().toBytes(), Rows.encode(new Pinned(pin, session.id())));
                    }
                });
            }
            page = database.page(Table.SESSIONS, Keys.after(page.getLast().key()), PAGE);
        }
        edits.clear(Table.SESSIONS);
        write(edits);
    }

    /** Without this there is nothing to go on with. */
    private void write(Edits edits) {
        if (!(database.write(edits) instanceof Written.Done)) {
            throw new UncheckedIOException(
                    new IOException("references cannot be counted anew: the disk takes nothing"));
        }
    }

    /** Walks through all pins. */
    void run(Context context) {
        List<Row> page = database.page(Table.PINS, Bytes.EMPTY, PAGE);
        while (!page.isEmpty()) {
            page.forEach(row -> count(context, Rows.decodePinned(row.value()).pin()));
            page = database.page(Table.PINS, Keys.after(page.getLast().key()), PAGE);
        }
        write(new Edits().add(Database.RECOUNT, -database.sum(Database.RECOUNT)));
    }

    private static void count(Context context, Pin pin) {
        Optional<SessionRow> row = context.keeper().ask(ledger -> {
            ledger.forgetPin(pin.root());
            return ledger.begin(pin);
        });
        row.ifPresent(session -> {
            try (PinSession counting = new PinSession(context, session.id(), pin, () -> {})) {
                counting.commit();
            }
        });
    }
}
