package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.dag.Links;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks through the rows of pins and holds them against the blocks, without any of the code that keeps them: for tests that
 * have opened a store that nobody changes meanwhile.
 */
public final class PinsAudit {

    private final DiskBlockstore store;
    private final Database database;
    private final String when;

    /** An audit whose complaints say {@code when}. */
    public PinsAudit(DiskBlockstore store, String when) {
        this.store = store;
        this.database = store.database();
        this.when = when;
    }

    /** The finished pins. */
    public List<Pin> pins() {
        return rows(Table.PINS).stream().map(row -> Rows.decodePinned(row.value()).pin()).toList();
    }

    /** The pins that are under way. */
    public List<Pin> underWay() {
        return openSessions().stream().flatMap(session -> session.pin().stream()).toList();
    }

    /** Whether an import is under way. */
    public boolean isImporting() {
        return openSessions().stream().anyMatch(SessionRow::isImport);
    }

    /** Blocks that have been written down for what is under way. */
    public long taken() {
        return openSessions().stream().mapToLong(session -> session.progress().blocks()).sum();
    }

    /** Whether something that ended has not been removed yet. */
    public boolean isReleasing() {
        return List.of(Table.RELEASES, Table.ENDED, Table.DOOMED)
                .stream()
                .anyMatch(table -> !database.page(table, Bytes.EMPTY, 1).isEmpty());
    }

    /** The blocks that no node is left of. */
    public Set<Multihash> unkept() {
        return stored().stream().filter(hash -> !database.hasNode(hash.toBytes())).collect(Collectors.toSet());
    }

    /** Every block is genuine, sums and counts are exact, and pins have all that they want. */
    public void requireSound() {
        requireGenuineBlocks();
        requireExactCounts();
        pins().forEach(this::requireWhole);
    }

    /** All that is here is within the graphs of pins, finished or under way. */
    public void requireNothingUnkept() {
        assertThat(unkept()).as(when).isEmpty();
        assertThat(isReleasing()).as(when).isFalse();
        if (openSessions().isEmpty()) {
            Set<Multihash> wanted = new HashSet<>();
            pins().forEach(pin -> reach(pin).forEach(cid -> wanted.add(cid.hash())));
            assertThat(wanted).as(when).containsAll(stored());
        }
    }

    private void requireGenuineBlocks() {
        long[] sums = new long[2];
        store.forEach((hash, size) -> {
            assertThat(store.check(hash)).as("%s, block %s", when, hash).isInstanceOf(Found.Present.class);
            sums[0]++;
            sums[1] += size;
        });
        assertThat(store.usage()).as(when).isEqualTo(new Usage(sums[0], sums[1]));
    }

    private void requireExactCounts() {
        Map<Bytes, Long> expected = new HashMap<>();
        pins().stream().filter(Pin::isRecursive).forEach(pin -> count(expected, NodeKey.whole(pin.root())));
        underWay().stream().filter(Pin::isRecursive).forEach(pin -> count(expected, NodeKey.whole(pin.root())));
        rows(Table.HOLDS).forEach(row -> count(expected, SessionKey.nodeOf(row.key())));
        rows(Table.RELEASES).forEach(row -> Rows.decodeKeys(row.value()).forEach(key -> count(expected, key)));
        Map<Bytes, Long> counted = new HashMap<>();
        for (Row row : rows(Table.NODES)) {
            Node node = Node.decode(row.value());
            counted.put(row.key(), node.count());
            if (node.isUnfolded()) {
                linksInBlock(row.key()).forEach(link -> count(expected, link));
            }
        }
        assertThat(counted).as("%s: counts of references", when).isEqualTo(expected);
    }

    private static void count(Map<Bytes, Long> counts, Bytes key) {
        counts.merge(key, 1L, Long::sum);
    }

    /** What the block of a node links to, which is what is written down of it. */
    private Set<Bytes> linksInBlock(Bytes node) {
        Set<Bytes> links = links(NodeKey.cid(node)).stream().map(NodeKey::whole).collect(Collectors.toSet());
        assertThat(database.get(Table.LINKS, node).map(Rows::decodeKeys).orElse(List.of()))
                .as("%s: links of %s", when, node)
                .containsExactlyInAnyOrderElementsOf(links);
        return links;
    }

    private List<Cid> links(Cid cid) {
        return Links.of(new Block(cid, data(cid))).orElseThrow().cids();
    }

    private Bytes data(Cid cid) {
        return switch (store.find(cid)) {
            case Found.Present(Bytes data) -> data;
            case Found other -> throw new AssertionError(when + ": " + cid + " is kept and " + other);
        };
    }

    private void requireWhole(Pin pin) {
        for (Cid cid : reach(pin)) {
            Optional<Bytes> row = database.get(Table.NODES,
                    pin.isRecursive() ? NodeKey.whole(cid) : NodeKey.bare(cid));
            assertThat(row).as("%s: node %s of %s", when, cid, pin.root()).isPresent();
            assertThat(pin.isRecursive() && !Node.decode(row.orElseThrow()).isUnfolded())
                    .as("%s: node %s of %s is folded", when, cid, pin.root())
                    .isFalse();
        }
    }

    /** What belongs to the pin, all of which is here. */
    private Set<Cid> reach(Pin pin) {
        Set<Cid> reached = new HashSet<>();
        Set<Cid> level = Set.of(pin.root().toV1());
        for (int depth = 0; !level.isEmpty(); depth++) {
            reached.addAll(level);
            boolean end = depth == pin.depth();
            level = level.stream()
                    .filter(_ -> !end)
                    .flatMap(cid -> links(cid).stream())
                    .map(Cid::toV1)
                    .filter(cid -> !reached.contains(cid))
                    .collect(Collectors.toSet());
        }
        reached.forEach(this::data);
        return reached;
    }

    private Set<Multihash> stored() {
        Set<Multihash> stored = new HashSet<>();
        store.forEach((hash, _) -> stored.add(hash));
        assertThat(stored).as(when).noneMatch(hash -> hash.code() == Multicodec.IDENTITY);
        return stored;
    }

    private List<SessionRow> openSessions() {
        return rows(Table.SESSIONS).stream()
                .map(row -> Rows.decodeSession(Keys.number(row.key()), row.value()))
                .filter(SessionRow::isOpen)
                .toList();
    }

    private List<Row> rows(Table table) {
        List<Row> rows = new ArrayList<>();
        List<Row> page = database.page(table, Bytes.EMPTY, Database.MAX_PAGE);
        while (!page.isEmpty()) {
            rows.addAll(page);
            page = database.page(table, Keys.after(page.getLast().key()), Database.MAX_PAGE);
        }
        return rows;
    }
}
