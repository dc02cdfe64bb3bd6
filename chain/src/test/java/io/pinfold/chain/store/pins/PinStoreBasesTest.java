package io.pinfold.chain.store.pins;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.BlockEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bases of a pin store: when they are built, found again, damaged, or left. */
class PinStoreBasesTest extends PinStoreFixture {

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
