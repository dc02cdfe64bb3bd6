package io.pinfold.chain.store.pins;

import io.pinfold.chain.PinView;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a pin store holds, and what its readers see. */
class MapDbPinStoreTest extends PinStoreFixture {

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
}
