package io.pinfold.chain.store.pins;

import io.pinfold.chain.PinView;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MapDbPinStoreTest {

    private static final int KEPT = 4;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private final List<PinStoreEvent> events = new CopyOnWriteArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final PinModel model = new PinModel(60);

    private MapDbPinStore open() {
        return open(40);
    }

    private MapDbPinStore open(int buildChanges) {
        PinStoreConfig config = new PinStoreConfig(folder, buildChanges, Duration.ofMinutes(5), KEPT, 5 * buildChanges);
        return MapDbPinStore.open(config, PinModel.chainId(), disk, clock, new SplittableRandom(1), events::add)
                .orElseThrow();
    }

    /** Applies blocks until a new base is in use. */
    private void growToNextBase(MapDbPinStore store, RandomGenerator random) {
        long built = events.stream().filter(PinStoreEvent.BaseBuilt.class::isInstance).count();
        while (events.stream().filter(PinStoreEvent.BaseBuilt.class::isInstance).count() == built) {
            store.apply(model.grow(random, 8));
        }
    }

    private void requireSame(MapDbPinStore store) {
        String again = seeds.toString();
        SortedMap<Cid, PinEntry> expected = model.at(store.mark().point());
        assertThat(store.size()).as(again).isEqualTo(expected.size());
        try (PinView view = store.view(); Stream<PinEntry> entries = view.entries()) {
            assertThat(view.mark()).as(again).isEqualTo(store.mark());
            assertThat(entries.toList()).as(again).isEqualTo(List.copyOf(expected.values()));
        }
    }

    @Test
    void anEmptyStoreStandsAtTheGenesis() {
        try (MapDbPinStore store = open()) {
            assertThat(store.mark()).isEqualTo(PinModel.genesis());
            assertThat(store.get(TestCids.cid(1))).isEmpty();
            requireSame(store);
        }
        assertThat(events).containsExactly(new PinStoreEvent.BaseOpened(0, 0));
    }

    @Test
    void behavesLikeTheModel() {
        RandomGenerator random = seeds.generator();
        for (int restart = 0; restart < 5; restart++) {
            try (MapDbPinStore store = open()) {
                catchUp(store);
                requireSame(store);
                for (int step = 0; step < 150; step++) {
                    if (random.nextInt(12) == 0) {
                        long to = Math.max(0, model.mark().height() - random.nextInt(random.nextInt(8) == 0 ? 60 : 5));
                        model.rewind(to);
                        assertThat(store.rewind(to).height()).as(seeds.toString()).isLessThanOrEqualTo(to);
                        requireSame(store);
                        catchUp(store);
                    } else {
                        store.apply(model.grow(random, 8));
                    }
                    Cid cid = TestCids.cid(random.nextInt(60));
                    assertThat(store.get(cid)).as(seeds.toString())
                            .isEqualTo(Optional.ofNullable(model.at(store.mark().point()).get(cid)));
                }
                requireSame(store);
            }
        }
        assertThat(events).as(seeds.toString())
                .hasAtLeastOneElementOfType(PinStoreEvent.BaseBuilt.class)
                .doesNotHaveAnyElementsOfTypes(PinStoreEvent.BuildFailed.class, PinStoreEvent.BasePassedOver.class);
    }

    /** What a peer does after opening or going back: leaves a branch that is not its own, and replays the rest. */
    private void catchUp(MapDbPinStore store) {
        while (!model.has(store.mark().point())) {
            store.rewind(store.mark().height() - 1);
        }
        for (BlockEffect effect : model.above(store.mark().height())) {
            store.apply(effect);
        }
        assertThat(store.mark()).as(seeds.toString()).isEqualTo(model.mark());
    }

    @Test
    void viewsStayAsTheyWereWhateverHappensToTheStore() {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            List<PinView> views = new ArrayList<>();
            for (int round = 0; round < 8; round++) {
                growToNextBase(store, random);
                views.add(store.view());
                long to = store.mark().height() - 1;
                store.rewind(to);
                model.rewind(to);
            }
            for (PinView view : views) {
                List<PinEntry> expected = List.copyOf(model.at(view.mark().point()).values());
                assertThat(view.entries().toList()).as(seeds.toString()).isEqualTo(expected);
                assertThat(view.size()).as(seeds.toString()).isEqualTo(expected.size());
                PinEntry middle = expected.get(expected.size() / 2);
                assertThat(view.entriesAfter(middle.pin().cid()).toList()).as(seeds.toString())
                        .isEqualTo(expected.subList(expected.size() / 2 + 1, expected.size()));
                assertThat(view.get(middle.pin().cid())).as(seeds.toString()).contains(middle);
                view.close();
                assertThatThrownBy(view::size).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(view::entries).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void readersNeverSeeHalfABlockNorWait() throws Exception {
        RandomGenerator random = seeds.generator();
        AtomicBoolean done = new AtomicBoolean();
        try (MapDbPinStore store = open();
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<SeenPinset>>> seen = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                seen.add(readers.submit(() -> readUntil(done, store)));
            }
            for (int base = 0; base < 6; base++) {
                growToNextBase(store, random);
            }
            done.set(true);
            for (Future<List<SeenPinset>> each : seen) {
                assertThat(each.get()).as(seeds.toString())
                        .isNotEmpty()
                        .allSatisfy(pinset -> assertThat(pinset.entries)
                                .isEqualTo(List.copyOf(model.at(pinset.mark.point()).values())));
            }
        }
    }

    private record SeenPinset(StateMark mark, List<PinEntry> entries) {}

    private static List<SeenPinset> readUntil(AtomicBoolean done, MapDbPinStore store) {
        List<SeenPinset> seen = new ArrayList<>();
        do {
            try (PinView view = store.view()) {
                seen.add(new SeenPinset(view.mark(), view.entries().toList()));
            }
        } while (!done.get());
        return seen;
    }

    @Test
    void aBaseIsFoundAgainAndTheFormerOneIsKept() throws IOException {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            for (int i = 0; i < 4; i++) {
                growToNextBase(store, random);
            }
        }
        assertThat(bases()).hasSize(2);
        events.clear();
        try (MapDbPinStore store = open()) {
            assertThat(store.mark().height()).isPositive();
            assertThat(model.has(store.mark().point())).isTrue();
            assertThat(store.mark()).isEqualTo(model.above(store.mark().height() - 1).getFirst().after());
            requireSame(store);
        }
        assertThat(events).hasExactlyElementsOfTypes(PinStoreEvent.BaseOpened.class);
    }

    @Test
    void aDamagedBaseIsPassedOverForTheFormerOneThenForTheEmptyState() throws IOException {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            growToNextBase(store, random);
            growToNextBase(store, random);
        }
        long former = height(bases().getFirst());
        flipAByte(bases().getLast(), random);
        reopenAfterDamage(former);
        flipAByte(meta(bases().getFirst()), random);
        reopenAfterDamage(0);
        try (MapDbPinStore store = open()) {
            catchUp(store);
            requireSame(store);
        }
    }

    private void reopenAfterDamage(long expectedHeight) {
        events.clear();
        try (MapDbPinStore store = open()) {
            assertThat(events).as(seeds.toString())
                    .hasExactlyElementsOfTypes(PinStoreEvent.BasePassedOver.class, PinStoreEvent.BaseOpened.class);
            assertThat(store.mark().height()).as(seeds.toString()).isEqualTo(expectedHeight);
            requireSame(store);
        }
    }

    @Test
    void everyByteOfABaseIsChecked() throws IOException {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            growToNextBase(store, random);
        }
        Path base = bases().getFirst();
        byte[] data = Files.readAllBytes(base);
        byte[] meta = Files.readAllBytes(meta(base));
        for (int i = 0; i < meta.length + 30; i++) {
            boolean isMeta = i < meta.length;
            byte[] flipped = isMeta ? meta.clone() : data.clone();
            flipped[isMeta ? i : random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(meta(base), isMeta ? flipped : meta);
            Files.write(base, isMeta ? data : flipped);
            long height = Long.parseLong(base.getFileName().toString().substring(5, 21));
            assertThat(new BaseFolder(folder, disk).open(height)).as("byte " + i + ", " + seeds)
                    .isInstanceOf(BaseOpening.PassedOver.class);
        }
    }

    @Test
    void aBaseAboveWhereTheStateWentBackToIsNeverUsedAgain() throws IOException {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            growToNextBase(store, random);
            growToNextBase(store, random);
            growToNextBase(store, random);
            long former = height(bases().get(0));
            long newer = height(bases().get(1));
            assertThat(store.rewind(newer - 1).height()).isEqualTo(former);
            model.rewind(former);
            requireSame(store);
            assertThat(bases()).hasSize(1);
            assertThat(store.rewind(former - 1)).isEqualTo(PinModel.genesis());
            model.rewind(0);
            requireSame(store);
            assertThat(bases()).isEmpty();
            store.apply(model.grow(random, 8));
            requireSame(store);
        }
        try (MapDbPinStore store = open()) {
            assertThat(store.mark()).isEqualTo(PinModel.genesis());
        }
    }

    @Test
    void atTheBoundApplyingWaitsForABase() {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            for (int i = 0; i < 100; i++) {
                store.apply(model.grow(random, 50));
                assertThat(store.changesInMemory()).as(seeds.toString()).isLessThanOrEqualTo(200);
            }
            requireSame(store);
        }
    }

    @Test
    void aBlockWithMoreChangesThanTheBoundIsAppliedAllTheSame() {
        RandomGenerator random = seeds.generator();
        PinModel large = new PinModel(5000);
        try (MapDbPinStore store = open()) {
            for (int i = 0; i < 4; i++) {
                BlockEffect effect = large.grow(random, 2000);
                store.apply(effect);
                assertThat(store.size()).isEqualTo(large.at(store.mark().point()).size());
            }
        }
    }

    @Test
    void aFullDiskIsToldAtTheBoundOnlyAndOvercomeLater() {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            disk.leave(0);
            assertThatThrownBy(() -> {
                for (int i = 0; i < 1000; i++) {
                    BlockEffect effect = model.grow(random, 8);
                    store.apply(effect);
                }
            }).isInstanceOfSatisfying(StoreException.class,
                    e -> assertThat(e.failure().kind()).isEqualTo(StoreFailure.Kind.DISK_FULL));
            assertThat(store.changesInMemory()).isGreaterThan(190);
            requireSame(store);
            disk.leave(Long.MAX_VALUE);
            catchUp(store);
            requireSame(store);
        }
        assertThat(events).hasAtLeastOneElementOfType(PinStoreEvent.BuildFailed.class);
    }

    @Test
    void withTimeABaseIsBuiltAlsoOfFewerChanges() {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open(10_000)) {
            while (store.changesInMemory() < PinStoreConfig.MIN_CHANGES) {
                store.apply(model.grow(random, 50));
            }
            clock.advance(Duration.ofMinutes(6));
            growToNextBase(store, random);
            requireSame(store);
        }
    }

    @Test
    void anInterruptChangesNothing() {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            Thread.currentThread().interrupt();
            growToNextBase(store, random);
            growToNextBase(store, random);
            store.rewind(0);
            model.rewind(0);
            requireSame(store);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void blocksOutOfOrderAreTheCallersMistake() {
        RandomGenerator random = seeds.generator();
        try (MapDbPinStore store = open()) {
            model.grow(random, 3);
            BlockEffect second = model.grow(random, 3);
            assertThatThrownBy(() -> store.apply(second)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void leftoversOfABaseInTheMakingAreRemoved() throws IOException {
        Files.write(folder.resolve("building.db"), new byte[10]);
        Files.write(folder.resolve("base-0000000000000007.db"), new byte[10]);
        Files.write(folder.resolve("notes.txt"), new byte[10]);
        try (MapDbPinStore store = open()) {
            assertThat(store.mark().height()).isZero();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("lock", "notes.txt");
        }
    }

    @Test
    void aFolderHasOneStoreAtATime() {
        try (MapDbPinStore _ = open()) {
            assertThat(MapDbPinStore.open(PinStoreConfig.of(folder), PinModel.chainId(), FileSystemAccess.DISK, clock,
                    new SplittableRandom(1), events::add)).isInstanceOf(Opening.Refused.class);
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        MapDbPinStore store = open();
        store.close();
        store.close();
        assertThatThrownBy(store::view).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.apply(model.grow(seeds.generator(), 1))).isInstanceOf(StoreException.class);
    }

    private List<Path> bases() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".db")).sorted().toList();
        }
    }

    private static long height(Path base) {
        return Long.parseLong(base.getFileName().toString().substring(5, 21));
    }

    private static Path meta(Path base) {
        return Path.of(base.toString().replace(".db", ".meta"));
    }

    private static void flipAByte(Path file, RandomGenerator random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= 1;
        Files.write(file, bytes);
    }
}
