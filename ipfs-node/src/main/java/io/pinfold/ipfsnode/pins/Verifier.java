package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Blockstore.Stored;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;

/** Reads every block, and then asks for every node that is kept. */
final class Verifier {

    private static final int PAGE = 512;

    private final Database database;
    private final Blockstore store;
    private final boolean bare;
    private final Verification.Watcher each;
    private long blocks;
    private long damaged;
    private long missing;

    /**
     * A verifier.
     *
     * @param bare whether nodes that are kept by themselves must be here: so unless a pin of limited depth is under way
     */
    Verifier(Database database, Blockstore store, boolean bare, Verification.Watcher each) {
        this.database = database;
        this.store = store;
        this.bare = bare;
        this.each = each;
    }

    Verification run() {
        List<Stored> page = store.page(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::compare);
            each.compared(blocks);
            page = store.page(Optional.of(page.getLast().hash()), PAGE);
        }
        List<Row> nodes = database.page(Table.NODES, Bytes.EMPTY, PAGE);
        while (!nodes.isEmpty()) {
            nodes.forEach(this::lookFor);
            nodes = database.page(Table.NODES, Keys.after(nodes.getLast().key()), PAGE);
        }
        return new Verification(blocks, damaged, missing);
    }

    private void compare(Stored block) {
        blocks++;
        if (store.check(block.hash()) instanceof Found.Damaged) {
            damaged++;
            each.found(new Verification.Problem.Damaged(block.hash()));
        }
    }

    /** A whole node that is not unfolded is wanted by a pin under way. */
    private void lookFor(Row row) {
        Cid cid = NodeKey.cid(row.key());
        boolean settled = NodeKey.isWhole(row.key()) ? Node.decode(row.value()).isUnfolded() : bare;
        if (settled && !store.has(cid) && database.get(Table.NODES, row.key()).isPresent()) {
            missing++;
            each.found(new Verification.Problem.Missing(cid));
        }
    }
}
