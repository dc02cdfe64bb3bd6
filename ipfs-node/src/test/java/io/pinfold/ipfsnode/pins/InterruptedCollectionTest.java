package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Block;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever waits for a collection may be called off, and the rest of it is not done for nobody. */
class InterruptedCollectionTest {

    private static final int BLOCKS = 600;

    @TempDir
    Path folder;

    private final CountDownLatch looking = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final AtomicInteger pages = new AtomicInteger();

    @Test
    void aCollectionIsCalledOff() throws Exception {
        try (DiskBlockstore store = Stores.open(folder);
                Pins pins = new Pins(store.database(), slow(store), TestGraph::links, new Budget(store, 1 << 20))) {
            store.put(blocks());
            CompletableFuture<CollectionOutcome> outcome = new CompletableFuture<>();
            Thread waiting = Thread.ofVirtual().start(() -> outcome.complete(pins.collect()));
            looking.await();
            waiting.interrupt();
            assertThat(outcome.get(1, TimeUnit.MINUTES)).isEqualTo(new CollectionOutcome.Interrupted());
            mayGoOn.countDown();
            pins.awaitReleases();
            assertThat(pages).hasValue(1);
            assertThat(pins.collect()).isInstanceOf(CollectionOutcome.Done.class);
            assertThat(store.usage().blocks()).isZero();
        }
    }

    private static List<Block> blocks() {
        SplittableRandom random = new SplittableRandom(1);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(Stores.block(random, 40));
        }
        return blocks;
    }

    /** Looks for its first page until it may go on. */
    private Blockstore slow(Blockstore store) {
        return (Blockstore) Proxy.newProxyInstance(Blockstore.class.getClassLoader(), new Class<?>[]{Blockstore.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("page") && pages.incrementAndGet() == 1) {
                        looking.countDown();
                        mayGoOn.await();
                    }
                    return method.invoke(store, arguments);
                });
    }
}
