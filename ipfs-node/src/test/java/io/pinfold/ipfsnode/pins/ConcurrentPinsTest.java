package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Several threads pin and unpin overlapping graphs while another collects all the time. */
class ConcurrentPinsTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 60;
    private static final int NODES = 80;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    @Test
    void noneTakesFromAnother() throws Exception {
        TestGraph graph = new TestGraph(seeds.generator("graph"), NODES);
        try (DiskBlockstore store = Stores.open(folder);
                Pins pins = new Pins(store.database(), store, TestGraph::links, new Budget(store, 1 << 30));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Set<Cid>>> workers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                workers.add(threads.submit(() -> work(graph, store, pins, own)));
            }
            while (!workers.stream().allMatch(Future::isDone)) {
                pins.collect();
            }
            Set<Cid> wanted = new HashSet<>();
            for (Future<Set<Cid>> worker : workers) {
                worker.get().forEach(root -> wanted.addAll(graph.reach(root, Pin.ALL)));
            }
            pins.collect();
            Set<Multihash> contents = new HashSet<>();
            store.forEach((hash, _) -> contents.add(hash));
            assertThat(contents).as(seeds.toString()).isEqualTo(TestGraph.stored(wanted));
        }
    }

    /** Pins and unpins roots that no other thread pins, and gives those that are pinned in the end. */
    private Set<Cid> work(TestGraph graph, DiskBlockstore store, Pins pins, int thread) {
        RandomGenerator random = seeds.generator("thread " + thread);
        Set<Cid> pinned = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Cid root = graph.cids().get(THREADS * random.nextInt(NODES / THREADS) + thread);
            if (pinned.remove(root)) {
                assertThat(pins.unpin(root)).as(seeds.toString()).isInstanceOf(Unpinned.Done.class);
            } else {
                fetch(graph, store, pins, root);
                pinned.add(root);
                assertThat(graph.reach(root, Pin.ALL)).as(seeds.toString())
                        .allMatch(cid -> store.find(cid) instanceof Found.Present);
            }
        }
        return pinned;
    }

    private void fetch(TestGraph graph, DiskBlockstore store, Pins pins, Cid root) {
        Begun begun = pins.begin(new Pin(root, Pin.ALL, ""));
        assertThat(begun).as(seeds.toString()).isInstanceOf(Begun.Started.class);
        try (PinSession session = ((Begun.Started) begun).session()) {
            for (Cid cid : graph.reach(root, Pin.ALL)) {
                session.relyOn(cid.hash());
                if (!store.has(cid)) {
                    assertThat(session.admits(graph.block(cid).data().size())).isTrue();
                    store.put(List.of(graph.block(cid)));
                }
                session.here(cid, graph.block(cid).data().size());
            }
            assertThat(session.commit()).as(seeds.toString()).isInstanceOf(PinOutcome.Done.class);
        }
    }
}
