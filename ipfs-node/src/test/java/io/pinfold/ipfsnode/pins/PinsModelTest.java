package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Pins, sessions, imports and restarts at random, held against a model that walks the graph anew each time. */
class PinsModelTest {

    private static final int STEPS = 150;
    private static final int NODES = 70;
    private static final int MAX_OPEN = 4;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private RandomGenerator random = seeds.generator();
    private TestGraph graph = new TestGraph(random, NODES);
    private DiskBlockstore store;
    private Pins pins;

    /** Finished pins. */
    private final Map<Cid, Integer> pinned = new HashMap<>();
    /** Pins under way. */
    private final Map<Cid, Integer> underWay = new LinkedHashMap<>();
    /** Those of them that somebody is at. */
    private final Map<Cid, PinSession> sessions = new LinkedHashMap<>();
    /** Blocks that pins under way have taken. */
    private final Map<Cid, Set<Cid>> taken = new HashMap<>();
    /** Blocks that came without a pin, or that a crash made so, since the last collection. */
    private final Set<Multihash> loose = new HashSet<>();

    @BeforeEach
    void open() {
        store = Stores.open(folder);
        pins = new Pins(store.database(), store, TestGraph::links, new Budget(store, 1 << 30));
    }

    @RepeatedTest(4)
    void whatPinsWantIsHereAndNothingElse() {
        for (int step = 0; step < STEPS; step++) {
            step();
            if (random.nextInt(4) == 0) {
                pins.awaitReleases();
                requireContents("step " + step);
            }
        }
        endAll();
        close();
    }

    private void close() {
        pins.close();
        store.close();
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> begin(anyCid(), random.nextInt(3) > 0 ? Pin.ALL : random.nextInt(4));
            case 4, 5, 6 -> goOn();
            case 7 -> sessions.values().stream().findFirst().ifPresent(this::abort);
            case 8, 9 -> unpin(random.nextBoolean() ? anyCid() : anyPin());
            case 10 -> looseBlock();
            case 11 -> {
                pins.collect();
                loose.clear();
                requireContents("collection");
            }
            case 12 -> crash();
            case 13 -> suspend();
            default -> importGraph(anyCid());
        }
    }

    private Cid anyCid() {
        return graph.cids().get(random.nextInt(NODES));
    }

    private Cid anyPin() {
        return pinned.isEmpty()
                ? anyCid()
                : List.copyOf(new TreeSet<>(pinned.keySet())).get(random.nextInt(pinned.size()));
    }

    private void begin(Cid root, int depth) {
        if (sessions.size() >= MAX_OPEN) {
            return;
        }
        Begun begun = pins.begin(new Pin(root, depth, "name " + depth));
        boolean there = pinned.getOrDefault(root, -1) == depth;
        if (there) {
            assertThat(begun).as(seeds.toString()).isInstanceOf(Begun.Already.class);
        } else if (sessions.containsKey(root)) {
            assertThat(begun).as(seeds.toString()).isInstanceOf(Begun.Busy.class);
        } else if (begun instanceof Begun.Started(PinSession session)) {
            if (underWay.getOrDefault(root, -1) != depth) {
                taken.put(root, new HashSet<>());
            }
            underWay.put(root, depth);
            sessions.put(root, session);
            fetchSome(session);
        } else {
            throw new AssertionError(begun + " " + seeds);
        }
    }

    private void goOn() {
        sessions.values().stream().skip(random.nextInt(1 + sessions.size())).findFirst().ifPresent(this::fetchSome);
    }

    /** Walks as far as it likes, tells the session, and tries to commit. */
    private void fetchSome(PinSession session) {
        Pin pin = session.pin();
        int budget = random.nextInt(random.nextBoolean() ? 5 : 40);
        boolean tell = random.nextBoolean();
        List<Cid> open = new ArrayList<>(List.of(pin.root()));
        Set<Cid> seen = new HashSet<>();
        Set<Cid> wanted = graph.reach(pin.root(), pin.depth());
        while (!open.isEmpty() && budget > 0) {
            Cid cid = open.remove(random.nextInt(open.size()));
            if (!wanted.contains(cid) || !seen.add(cid)) {
                continue;
            }
            session.relyOn(cid.hash());
            if (!store.has(cid)) {
                budget--;
                assertThat(session.admits(graph.block(cid).data().size())).isTrue();
                store.put(List.of(graph.block(cid)));
            }
            if (tell) {
                session.here(cid, graph.block(cid).data().size());
            }
            open.addAll(graph.links(cid));
        }
        PinOutcome outcome = session.commit();
        boolean whole = wanted.stream().allMatch(store::has);
        if (whole) {
            assertThat(outcome).as(seeds.toString()).isInstanceOf(PinOutcome.Done.class);
            forget(session);
            pinned.put(pin.root(), pin.depth());
        } else {
            assertThat(outcome).as(seeds.toString()).isInstanceOf(PinOutcome.Missing.class);
            Set<Cid> path = reachHere(pin);
            taken.put(pin.root(), path);
        }
    }

    /** What can be walked to without a block that is not here; for limited depth only the levels that are whole. */
    private Set<Cid> reachHere(Pin pin) {
        Set<Cid> reached = new HashSet<>();
        Set<Cid> level = new HashSet<>(Set.of(pin.root()));
        for (int depth = 0; depth <= Math.min(pin.depth(), NODES) && !level.isEmpty(); depth++) {
            Set<Cid> here = level.stream().filter(store::has).collect(Collectors.toSet());
            reached.addAll(here);
            if (!pin.isRecursive() && here.size() < level.size()) {
                return reached;
            }
            level = here.stream().flatMap(cid -> graph.links(cid).stream()).collect(Collectors.toSet());
        }
        return reached;
    }

    private void forget(PinSession session) {
        Cid root = session.pin().root();
        session.close();
        sessions.remove(root);
        underWay.remove(root);
        taken.remove(root);
    }

    private void abort(PinSession session) {
        session.abort();
        forget(session);
    }

    private void suspend() {
        sessions.values().stream().findFirst().ifPresent(session -> {
            loosen();
            session.close();
            sessions.remove(session.pin().root());
        });
    }

    private void unpin(Cid root) {
        boolean was = pinned.containsKey(root) || underWay.containsKey(root);
        pinned.remove(root);
        assertThat(pins.unpin(root)).as(seeds.toString())
                .isInstanceOf(was ? Unpinned.Done.class : Unpinned.Absent.class);
        PinSession session = sessions.get(root);
        if (session != null) {
            assertThat(session.commit()).as(seeds.toString()).isEqualTo(new PinOutcome.Ended());
            session.abort();
            forget(session);
        }
        underWay.remove(root);
        taken.remove(root);
    }

    private void looseBlock() {
        Block block = graph.block(anyCid());
        if (!store.has(block.cid())) {
            store.put(List.of(block));
            loose.add(block.cid().hash());
        }
    }

    private void importGraph(Cid root) {
        List<Cid> cids = new ArrayList<>(graph.reach(root, Pin.ALL));
        if (random.nextBoolean()) {
            cids.sort(java.util.Comparator.comparing(graph.cids()::indexOf));
        }
        boolean all = random.nextInt(3) > 0;
        Set<Multihash> before = contents();
        try (ImportSession session = pins.beginImport().orElseThrow()) {
            for (Cid cid : cids) {
                if (all || random.nextInt(4) > 0) {
                    assertThat(session.put(List.of(graph.block(cid))))
                            .isInstanceOf(ImportSession.Imported.Stored.class);
                }
            }
            Cid stray = anyCid();
            session.put(List.of(graph.block(stray)));
            if (random.nextBoolean()) {
                PinOutcome outcome = session.commit(new Pin(root, Pin.ALL, "imported"));
                boolean whole = cids.stream().allMatch(store::has);
                assertThat(outcome).as(seeds.toString())
                        .isInstanceOf(whole ? PinOutcome.Done.class : PinOutcome.Missing.class);
                if (whole) {
                    pinned.put(root, Pin.ALL);
                }
            } else if (random.nextInt(4) == 0) {
                pins.collect();
                loose.clear();
                assertThat(contents()).as(seeds.toString()).containsAll(TestGraph.stored(Set.of(stray)));
            }
        }
        assertThat(before).isNotNull();
    }

    /** Everything that is not on disk is lost. */
    private void crash() {
        loosen();
        sessions.clear();
        close();
        open();
        assertThat(pins.unfinished()).as(seeds.toString())
                .extracting(Pin::root)
                .containsExactlyInAnyOrderElementsOf(underWay.keySet());
    }

    /** Blocks that sessions brought and have not taken belong to nobody when they go. */
    private void loosen() {
        Set<Multihash> kept = TestGraph.stored(keptAtLeast());
        contents().stream().filter(hash -> !kept.contains(hash)).forEach(loose::add);
    }

    private Set<Cid> keptAtLeast() {
        Set<Cid> kept = new HashSet<>();
        pinned.forEach((root, depth) -> kept.addAll(graph.reach(root, depth)));
        taken.values().forEach(kept::addAll);
        return kept;
    }

    private Set<Cid> keptAtMost() {
        Set<Cid> kept = keptAtLeast();
        underWay.forEach((root, depth) -> kept.addAll(graph.reach(root, depth)));
        return kept;
    }

    private Set<Multihash> contents() {
        Set<Multihash> contents = new HashSet<>();
        store.forEach((hash, _) -> contents.add(hash));
        return contents;
    }

    private void requireContents(String when) {
        String what = when + ", " + seeds;
        Set<Multihash> allowed = TestGraph.stored(keptAtMost());
        allowed.addAll(loose);
        assertThat(contents()).as(what).containsAll(TestGraph.stored(keptAtLeast()));
        assertThat(allowed).as(what).containsAll(contents());
        List<Pin> listed = new ArrayList<>();
        pins.forEach(listed::add);
        assertThat(listed.stream().collect(Collectors.toMap(Pin::root, Pin::depth))).as(what).isEqualTo(pinned);
        pinned.forEach((root, depth) -> assertThat(pins.status(root)).as(what)
                .isInstanceOfSatisfying(PinStatus.Finished.class,
                        status -> assertThat(status.pin().depth()).isEqualTo(depth)));
        if (underWay.isEmpty()) {
            assertThat(counts()).as(what).isEqualTo(expectedCounts());
        }
        assertThat(pins.verify(_ -> {})).as(what)
                .satisfies(found -> assertThat(found.damaged() + found.missing()).isZero());
    }

    private Map<Bytes, Long> counts() {
        Map<Bytes, Long> counts = new HashMap<>();
        for (Row row : store.database().page(Table.NODES, Bytes.EMPTY, Database.MAX_PAGE)) {
            counts.put(row.key(), Node.decode(row.value()).count());
        }
        return counts;
    }

    private Map<Bytes, Long> expectedCounts() {
        Map<Bytes, Long> counts = new HashMap<>();
        Set<Bytes> unfolded = new HashSet<>();
        pinned.forEach((root, depth) -> {
            if (depth == Pin.ALL) {
                counts.merge(NodeKey.whole(root), 1L, Long::sum);
                for (Cid cid : graph.reach(root, depth)) {
                    if (unfolded.add(NodeKey.whole(cid))) {
                        new HashSet<>(graph.links(cid))
                                .forEach(link -> counts.merge(NodeKey.whole(link), 1L, Long::sum));
                    }
                }
            } else {
                graph.reach(root, depth).forEach(cid -> counts.merge(NodeKey.bare(cid), 1L, Long::sum));
            }
        });
        return counts;
    }

    private void endAll() {
        List.copyOf(sessions.values()).forEach(this::abort);
        Set<Cid> roots = new HashSet<>(pinned.keySet());
        roots.addAll(underWay.keySet());
        roots.forEach(this::unpin);
        pins.collect();
        assertThat(store.usage().blocks()).as(seeds.toString()).isZero();
        assertThat(store.usage().bytes()).as(seeds.toString()).isZero();
        for (Table table : Table.values()) {
            if (table != Table.COUNTERS) {
                assertThat(store.database().page(table, Bytes.EMPTY, 10)).as(table + ", " + seeds).isEmpty();
            }
        }
    }
}
