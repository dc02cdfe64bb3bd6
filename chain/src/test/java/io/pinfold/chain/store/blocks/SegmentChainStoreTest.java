package io.pinfold.chain.store.blocks;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static io.pinfold.chain.store.blocks.ChainModel.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SegmentChainStoreTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private final TestChains chains = new TestChains(1, 2, 3);

    @Test
    void anEmptyStoreHasNothing() {
        try (SegmentChainStore store = Stores.open(folder)) {
            assertThat(store.head()).isEmpty();
            assertThat(store.cidAt(1)).isEmpty();
            assertThat(store.get(TestCids.cid(1))).isEmpty();
            assertThat(store.contains(chains.chainId())).isFalse();
            assertThat(Stores.scan(store, 1)).isEmpty();
            assertThat(store.missing()).isEmpty();
        }
    }

    @Test
    void blocksAreFoundByCidAndByHeightAlsoAfterReopening() {
        List<SignedBlock> line = chains.line(null, 1, 30, 0);
        try (SegmentChainStore store = Stores.open(folder)) {
            store.append(line, point(line.getLast()));
            requireLine(store, line);
        }
        try (SegmentChainStore store = Stores.open(folder)) {
            requireLine(store, line);
            assertThat(store.report().damaged()).isEmpty();
        }
    }

    private static void requireLine(SegmentChainStore store, List<SignedBlock> line) {
        assertThat(store.head()).contains(point(line.getLast()));
        assertThat(Stores.scan(store, 1)).isEqualTo(line);
        assertThat(Stores.scan(store, 17)).isEqualTo(line.subList(16, line.size()));
        assertThat(Stores.orphans(store)).isEmpty();
        SignedBlock fifth = line.get(4);
        assertThat(store.get(fifth.cid()).orElseThrow().bytes()).isEqualTo(fifth.bytes());
        assertThat(store.cidAt(5)).contains(fifth.cid());
        assertThat(store.cidAt(0)).isEmpty();
        assertThat(store.cidAt(line.size() + 1)).isEmpty();
    }

    @Test
    void aScanEndsWhenTheVisitorSaysSo() {
        List<SignedBlock> line = chains.line(null, 1, 5, 0);
        try (SegmentChainStore store = Stores.open(folder)) {
            store.append(line, point(line.getLast()));
            List<Long> heights = new ArrayList<>();
            store.scan(2, block -> {
                heights.add(block.height());
                return block.height() < 4;
            });
            assertThat(heights).containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void aLongerBranchTakesTheHeightsOfTheFormerOne() {
        List<SignedBlock> first = chains.line(null, 1, 6, 0);
        List<SignedBlock> second = chains.line(first.get(1), 2, 7, 100);
        try (SegmentChainStore store = Stores.open(folder)) {
            store.append(first, point(first.getLast()));
            store.append(second, point(second.getLast()));
            List<SignedBlock> branch = new ArrayList<>(first.subList(0, 2));
            branch.addAll(second);
            assertThat(Stores.scan(store, 1)).isEqualTo(branch);
            assertThat(Stores.orphans(store)).isEqualTo(first.subList(2, 6));
            store.append(List.of(), point(first.get(3)));
            assertThat(Stores.scan(store, 1)).isEqualTo(first.subList(0, 4));
            store.append(List.of(), new ChainPoint(0, chains.chainId()));
            assertThat(Stores.scan(store, 1)).isEmpty();
            assertThat(Stores.orphans(store)).hasSize(13);
        }
    }

    @Test
    void aHeadWithoutItsBlockIsTheCallersMistake() {
        SignedBlock block = chains.after(null, 1, TestOps.pin(1));
        try (SegmentChainStore store = Stores.open(folder)) {
            assertThatThrownBy(() -> store.append(List.of(), point(block)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.head()).isEmpty();
        }
    }

    @Test
    void behavesLikeTheModel() {
        RandomGenerator random = seeds.generator();
        ChainModel model = new ChainModel();
        List<SignedBlock> known = new ArrayList<>();
        for (int restart = 0; restart < 6; restart++) {
            try (SegmentChainStore store = Stores.open(folder)) {
                requireSame(store, model);
                for (int step = 0; step < 25; step++) {
                    List<SignedBlock> more = randomBlocks(random, known);
                    SignedBlock head = randomHead(random, known, model);
                    if (random.nextInt(3) == 0) {
                        more.add(known.get(random.nextInt(known.size())));
                    }
                    more.removeIf(block -> block.height() > 1 && !known.contains(block));
                    store.append(more, point(head));
                    model.append(more, point(head));
                    requireSame(store, model);
                }
            }
        }
    }

    private List<SignedBlock> randomBlocks(RandomGenerator random, List<SignedBlock> known) {
        List<SignedBlock> more = new ArrayList<>();
        SignedBlock parent = known.isEmpty() || random.nextInt(20) == 0
                ? null
                : known.get(Math.max(0, known.size() - 1 - random.nextInt(6)));
        int author = 1 + random.nextInt(3);
        for (int i = random.nextInt(5); i >= 0; i--) {
            parent = chains.after(parent, author, TestOps.pin(random.nextInt(1000)));
            more.add(parent);
            known.add(parent);
        }
        return more;
    }

    private static SignedBlock randomHead(RandomGenerator random, List<SignedBlock> known, ChainModel model) {
        return random.nextInt(3) > 0 || model.head.isEmpty()
                ? known.getLast()
                : known.get(random.nextInt(known.size()));
    }

    private void requireSame(SegmentChainStore store, ChainModel model) {
        String again = seeds.toString();
        assertThat(store.head()).as(again).isEqualTo(model.head);
        List<SignedBlock> branch = model.branch();
        assertThat(Stores.scan(store, 1)).as(again).isEqualTo(branch);
        assertThat(Stores.orphans(store)).as(again).isEqualTo(model.orphans());
        for (SignedBlock block : branch) {
            assertThat(store.cidAt(block.height())).as(again).contains(block.cid());
        }
        assertThat(model.blocks.keySet()).as(again).allMatch(store::contains);
        assertThat(store.missing()).as(again).isEmpty();
    }

    @Test
    void aReaderSeesAGroupWhollyOrNotAtAll() throws Exception {
        List<SignedBlock> line = chains.line(null, 1, 200, 0);
        AtomicBoolean done = new AtomicBoolean();
        try (SegmentChainStore store = Stores.open(folder);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> torn = readers.submit(() -> {
                int looks = 0;
                do {
                    long height = store.head().map(ChainPoint::height).orElse(0L);
                    assertThat(height % 5).isZero();
                    assertThat(height == 0 || store.cidAt(height).isPresent()).isTrue();
                    looks++;
                } while (!done.get());
                return looks;
            });
            for (int i = 0; i < line.size(); i += 5) {
                store.append(line.subList(i, i + 5), point(line.get(i + 4)));
            }
            done.set(true);
            assertThat(torn.get()).isPositive();
        }
    }

    @Test
    void aFullDiskIsToldAndNothingOfTheCallHasHappened() {
        FaultyDisk disk = new FaultyDisk();
        List<SignedBlock> line = chains.line(null, 1, 4, 0);
        try (SegmentChainStore store = Stores.open(folder, disk)) {
            store.append(line.subList(0, 1), point(line.get(0)));
            disk.leave(200);
            assertThatThrownBy(() -> store.append(line, point(line.getLast())))
                    .isInstanceOfSatisfying(StoreException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(StoreFailure.Kind.DISK_FULL));
            assertThat(store.head()).contains(point(line.get(0)));
            assertThat(store.contains(line.get(1).cid())).isFalse();
            disk.leave(Long.MAX_VALUE);
            store.append(line, point(line.getLast()));
        }
        try (SegmentChainStore store = Stores.open(folder)) {
            assertThat(Stores.scan(store, 1)).isEqualTo(line);
        }
    }

    @Test
    void aSecondStoreOnTheFolderIsRefused() {
        try (SegmentChainStore _ = Stores.open(folder)) {
            assertThat(SegmentChainStore.open(folder, new FaultyDisk(), new SplittableRandom(1)))
                    .isInstanceOf(Opening.Refused.class);
        }
    }

    @Test
    void anyCidMayBeAskedFor() {
        try (SegmentChainStore store = Stores.open(folder)) {
            Cid v0 = Cid.v0(TestCids.cid(1).hash());
            assertThat(store.get(v0)).isEmpty();
            assertThat(store.contains(v0)).isFalse();
        }
    }
}
