package io.pinfold.chain.store.pins;

import io.pinfold.chain.PinView;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A pin store on a disk that can fail, beside a model of what it holds. */
abstract class PinStoreFixture {

    static final int KEPT = 4;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    final FaultyDisk disk = new FaultyDisk();
    final List<PinStoreEvent> events = new CopyOnWriteArrayList<>();
    final ManualClock clock = new ManualClock();
    final PinModel model = new PinModel(60);

    MapDbPinStore open() {
        return open(40);
    }

    MapDbPinStore open(int buildChanges) {
        PinStoreConfig config = new PinStoreConfig(folder, buildChanges, Duration.ofMinutes(5), KEPT, 5 * buildChanges);
        return MapDbPinStore.open(config, PinModel.chainId(), disk, clock, new SplittableRandom(1), events::add)
                .orElseThrow();
    }

    /** Applies blocks until a new base is in use. */
    void growToNextBase(MapDbPinStore store, RandomGenerator random) {
        long built = events.stream().filter(PinStoreEvent.BaseBuilt.class::isInstance).count();
        while (events.stream().filter(PinStoreEvent.BaseBuilt.class::isInstance).count() == built) {
            store.apply(model.grow(random, 8));
        }
    }

    void requireSame(MapDbPinStore store) {
        String again = seeds.toString();
        SortedMap<Cid, PinEntry> expected = model.at(store.mark().point());
        assertThat(store.size()).as(again).isEqualTo(expected.size());
        try (PinView view = store.view(); Stream<PinEntry> entries = view.entries()) {
            assertThat(view.mark()).as(again).isEqualTo(store.mark());
            assertThat(entries.toList()).as(again).isEqualTo(List.copyOf(expected.values()));
        }
    }

    /** What a peer does after opening or going back: leaves a branch that is not its own, and replays the rest. */
    void catchUp(MapDbPinStore store) {
        while (!model.has(store.mark().point())) {
            store.rewind(store.mark().height() - 1);
        }
        for (BlockEffect effect : model.above(store.mark().height())) {
            store.apply(effect);
        }
        assertThat(store.mark()).as(seeds.toString()).isEqualTo(model.mark());
    }
}
