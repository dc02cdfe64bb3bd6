package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The bound of what is stored is never passed; who would pass it is told, and leaves nothing behind. */
class PinBudgetTest {

    private static final int LEAF = 50_000;

    /** Room for some leaves, and for what a batch of a session may have of blocks. */
    private static final long MAX = 10 * LEAF + 300 * Budget.PER_BLOCK;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private RandomGenerator random = seeds.generator();
    private DiskBlockstore store;
    private Budget budget;
    private Pins pins;

    @BeforeEach
    void open() {
        random = seeds.generator();
        store = Stores.open(folder);
        budget = new Budget(store, MAX);
        pins = new Pins(store.database(), store, TestGraph::links, budget);
    }

    @AfterEach
    void close() {
        pins.close();
        store.close();
    }

    @Test
    void aPinAboveTheBoundLeavesNothingBehind() {
        Tree kept = tree("kept", 4);
        assertThat(fetch(kept)).isInstanceOf(PinOutcome.Done.class);
        Usage before = store.usage();
        assertThat(fetch(tree("large", 20))).isEqualTo(new PinOutcome.OverBudget(LEAF));
        pins.awaitReleases();
        assertThat(store.usage()).isEqualTo(before);
        assertThat(pins.unfinished()).isEmpty();
        assertThat(pins.status(kept.root().cid())).isInstanceOf(PinStatus.Finished.class);
        assertThat(fetch(tree("small", 4))).isInstanceOf(PinOutcome.Done.class);
    }

    @Test
    void whatIsSharedWithAnotherPinStays() {
        Tree kept = tree("kept", 4);
        assertThat(fetch(kept)).isInstanceOf(PinOutcome.Done.class);
        Usage before = store.usage();
        Tree larger = new Tree(
                TestGraph.node("both", Stream.concat(Stream.of(kept.root().cid()), tree("new", 20).cids())
                        .toArray(Cid[]::new)),
                tree("other", 20).leaves());
        assertThat(fetch(larger)).isInstanceOf(PinOutcome.OverBudget.class);
        pins.awaitReleases();
        assertThat(store.usage()).isEqualTo(before);
    }

    @Test
    void anImportAboveTheBoundLeavesNothingBehind() {
        Tree large = tree("large", 20);
        try (ImportSession session = pins.beginImport().orElseThrow()) {
            assertThat(large.leaves()).anySatisfy(leaf -> assertThat(session.put(List.of(leaf)))
                    .isInstanceOf(ImportSession.Imported.OverBudget.class));
            assertThat(budget.used()).isLessThanOrEqualTo(MAX);
            assertThat(store.usage().blocks()).isPositive();
        }
        pins.awaitReleases();
        assertThat(store.usage()).isEqualTo(new Usage(0, 0));
    }

    @Test
    void blocksThatNobodyWantsMakeRoom() {
        store.put(tree("loose", 9).leaves());
        assertThat(fetch(tree("wanted", 6))).isInstanceOf(PinOutcome.Done.class);
        assertThat(budget.used()).isLessThanOrEqualTo(MAX);
    }

    @Test
    void roomIsPromisedOnce() {
        try (PinSession one = begin(tree("one", 1)); PinSession two = begin(tree("two", 1))) {
            assertThat(one.admits(6L * LEAF - 300 * Budget.PER_BLOCK)).isTrue();
            assertThat(two.admits(6L * LEAF)).isFalse();
            one.abort();
            assertThat(two.admits(6L * LEAF)).isTrue();
            two.abort();
        }
    }

    private PinSession begin(Tree tree) {
        return ((Begun.Started) pins.begin(new Pin(tree.root().cid(), Pin.ALL, ""))).session();
    }

    /** Fetches leaf by leaf until it is told to stop. */
    private PinOutcome fetch(Tree tree) {
        try (PinSession session = begin(tree)) {
            for (Block block : Stream.concat(Stream.of(tree.root()), tree.leaves().stream()).toList()) {
                session.relyOn(block.cid().hash());
                if (!session.admits(block.data().size())) {
                    break;
                }
                store.put(List.of(block));
                session.here(block.cid(), block.data().size());
                assertThat(budget.used()).as(seeds.toString()).isLessThanOrEqualTo(MAX);
            }
            return session.commit();
        }
    }

    private Tree tree(String name, int leaves) {
        List<Block> blocks = Stream.generate(() -> Stores.block(random, LEAF)).limit(leaves).toList();
        return new Tree(TestGraph.node(name, blocks.stream().map(Block::cid).toArray(Cid[]::new)), blocks);
    }

    /** A root and its leaves. */
    private record Tree(Block root, List<Block> leaves) {
        Stream<Cid> cids() {
            return leaves.stream().map(Block::cid);
        }
    }
}
