package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Blockstore.Removal;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Block;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A removal that the disk does not take is told, and made later. */
class FailingRemovalTest {

    private static final Block LEAF = TestGraph.node("leaf");
    private static final Block ROOT = TestGraph.node("root", LEAF.cid());

    @TempDir
    Path folder;

    private final AtomicReference<@Nullable Removal> failure = new AtomicReference<>();

    @Test
    void whatCouldNotBeRemovedIsRemovedLater() {
        try (DiskBlockstore store = Stores.open(folder);
                Pins pins = new Pins(store.database(), failing(store), TestGraph::links, new Budget(store, 1 << 20))) {
            try (ImportSession session = pins.beginImport().orElseThrow()) {
                session.put(List.of(LEAF, ROOT));
                session.commit(new Pin(ROOT.cid(), Pin.ALL, ""));
            }
            pins.awaitReleases();
            failure.set(new Removal.Full("no room for a note"));
            assertThat(pins.unpin(ROOT.cid())).isEqualTo(new Unpinned.Done());
            assertThat(pins.awaitReleases()).isEqualTo(new CollectionOutcome.Trouble("no room for a note", true));
            failure.set(new Removal.Failed("no answer"));
            assertThat(pins.collect()).isEqualTo(new CollectionOutcome.Trouble("no answer", false));
            assertThat(store.usage().blocks()).isEqualTo(2);
            failure.set(null);
            assertThat(pins.awaitReleases()).isInstanceOf(CollectionOutcome.Done.class);
            assertThat(store.usage().blocks()).isZero();
        }
    }

    private Blockstore failing(Blockstore store) {
        InvocationHandler handler = (_, method, arguments) -> {
            Removal instead = method.getName().equals("remove") ? failure.get() : null;
            return instead != null ? instead : method.invoke(store, arguments);
        };
        return (Blockstore) Proxy.newProxyInstance(Blockstore.class.getClassLoader(), new Class<?>[]{Blockstore.class},
                handler);
    }
}
