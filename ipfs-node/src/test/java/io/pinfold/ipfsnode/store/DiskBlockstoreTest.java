package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.Blockstore.Removal;
import io.pinfold.ipfsnode.Blockstore.Stored;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DiskBlockstoreTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    @Test
    void doesWhatAMapDoes() {
        RandomGenerator random = seeds.generator();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            blocks.add(Stores.block(random, random.nextInt(8) == 0 ? random.nextInt(20_000) : random.nextInt(300)));
        }
        Map<Multihash, Bytes> model = new HashMap<>();
        DiskBlockstore store = Stores.open(folder);
        for (int step = 0; step < 400; step++) {
            List<Block> some = random.ints(random.nextInt(12), 0, blocks.size()).mapToObj(blocks::get).toList();
            switch (random.nextInt(20)) {
                case 0 -> {
                    store.close();
                    store = Stores.open(folder);
                }
                case 1, 2, 3, 4, 5, 6 -> assertThat(store.remove(some.stream().map(b -> b.cid().hash()).toList()))
                        .as(seeds.toString())
                        .isEqualTo(new Removal.Removed(removed(model, some)));
                default ->
                    assertThat(store.put(some)).as(seeds.toString()).isEqualTo(new Put.Stored(added(model, some)));
            }
            requireSame(store, model, blocks);
        }
        store.close();
    }

    private static long added(Map<Multihash, Bytes> model, List<Block> blocks) {
        return blocks.stream()
                .filter(block -> model.put(block.cid().hash(), block.data()) == null)
                .mapToLong(block -> block.data().size())
                .sum();
    }

    private static long removed(Map<Multihash, Bytes> model, List<Block> blocks) {
        return blocks.stream()
                .map(block -> Optional.ofNullable(model.remove(block.cid().hash())))
                .mapToLong(data -> data.map(Bytes::size).orElse(0))
                .sum();
    }

    private void requireSame(DiskBlockstore store, Map<Multihash, Bytes> model, List<Block> blocks) {
        assertThat(store.usage()).as(seeds.toString())
                .isEqualTo(new Usage(model.size(), model.values().stream().mapToLong(Bytes::size).sum()));
        for (Block block : blocks) {
            boolean here = model.containsKey(block.cid().hash());
            assertThat(store.has(block.cid())).as(seeds.toString()).isEqualTo(here);
            assertThat(store.size(block.cid()).isPresent()).isEqualTo(here);
            assertThat(store.find(block.cid())).as(seeds.toString())
                    .isEqualTo(here ? new Found.Present(block.data()) : new Found.Absent());
        }
        List<Stored> listed = new ArrayList<>();
        store.forEach((hash, size) -> listed.add(new Stored(hash, (int) size)));
        assertThat(listed).as(seeds.toString())
                .containsExactlyElementsOf(model.entrySet()
                        .stream()
                        .map(entry -> new Stored(entry.getKey(), entry.getValue().size()))
                        .sorted((a, b) -> a.hash().compareTo(b.hash()))
                        .toList());
    }

    @Test
    void oneMultihashIsOneBlock() {
        try (DiskBlockstore store = Stores.open(folder)) {
            Block raw = Stores.block(seeds.generator(), 100);
            Cid old = Cid.v0(raw.cid().hash());
            Cid cbor = Cid.v1(Multicodec.DAG_CBOR, raw.cid().hash());
            assertThat(store.put(List.of(raw, new Block(old, raw.data())))).isEqualTo(new Put.Stored(100));
            assertThat(store.put(List.of(new Block(cbor, raw.data())))).isEqualTo(new Put.Stored(0));
            assertThat(store.find(cbor)).isEqualTo(new Found.Present(raw.data()));
            assertThat(store.usage()).isEqualTo(new Usage(1, 100));
        }
    }

    @Test
    void identityBlocksAreAlwaysHereAndTakeNoRoom() {
        try (DiskBlockstore store = Stores.open(folder)) {
            Bytes data = Bytes.fromHex("cafe");
            Cid cid = Cid.v1(Multicodec.RAW, Multihash.identity(data));
            assertThat(store.find(cid)).isEqualTo(new Found.Present(data));
            assertThat(store.put(List.of(new Block(cid, data)))).isEqualTo(new Put.Stored(0));
            assertThat(store.remove(List.of(cid.hash()))).isEqualTo(new Removal.Removed(0));
            assertThat(store.has(cid)).isTrue();
            assertThat(store.size(cid)).hasValue(2);
            assertThat(store.usage()).isEqualTo(new Usage(0, 0));
        }
    }

    @Test
    void theEmptyBlockIsABlock() {
        try (DiskBlockstore store = Stores.open(folder)) {
            Block empty = Stores.raw(Bytes.EMPTY);
            assertThat(store.find(empty.cid())).isEqualTo(new Found.Absent());
            assertThat(store.put(List.of(empty))).isEqualTo(new Put.Stored(0));
            assertThat(store.find(empty.cid())).isEqualTo(new Found.Present(Bytes.EMPTY));
            assertThat(store.usage()).isEqualTo(new Usage(1, 0));
        }
    }

    @Test
    void blocksThatNobodyCanCheckAreRefused() {
        try (DiskBlockstore store = Stores.open(folder)) {
            Bytes data = Bytes.fromHex("00");
            Block block = new Block(Cid.v1(Multicodec.RAW, new Multihash(0x1b, data)), data);
            assertThatThrownBy(() -> store.put(List.of(block))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theLongestMultihashHasAFile() {
        Stores.open(folder).close();
        BlockFiles files = new BlockFiles(folder.resolve("files"));
        Bytes key = new Multihash(Long.MAX_VALUE, Bytes.copyOf(new byte[Multihash.MAX_DIGEST])).toBytes();
        assertThat(org.assertj.core.api.Assertions.catchException(() -> files.write(key, Bytes.EMPTY))).isNull();
    }

    @Test
    void aFolderHasOneOwner() {
        try (DiskBlockstore store = Stores.open(folder)) {
            assertThat(DiskBlockstore.open(folder, Stores.SMALL)).isEqualTo(new StoreOpening.Locked());
            assertThat(store.usage().blocks()).isZero();
        }
        Stores.open(folder).close();
    }

    @Test
    void whatIsNotAFolderCannotBeOpened() throws Exception {
        Path file = java.nio.file.Files.createFile(folder.resolve("file"));
        assertThat(DiskBlockstore.open(file, Stores.SMALL)).isInstanceOf(StoreOpening.Failed.class);
    }

    @Test
    void theReserveOfTheDiskIsNotTouched() {
        StoreConfig greedy = new StoreConfig(Stores.SMALL.database(), Stores.SMALL.fileSize(), Long.MAX_VALUE / 2);
        try (DiskBlockstore store = Stores.open(folder, greedy)) {
            Block block = Stores.block(seeds.generator(), 10);
            assertThat(store.put(List.of(block))).isInstanceOf(Put.Full.class);
            assertThat(store.has(block.cid())).isFalse();
        }
    }

    @Test
    void anInterruptHurtsNothing() {
        try (DiskBlockstore store = Stores.open(folder)) {
            Block large = Stores.block(seeds.generator(), 100_000);
            Thread.currentThread().interrupt();
            assertThat(store.put(List.of(large))).isEqualTo(new Put.Stored(100_000));
            assertThat(store.find(large.cid())).isEqualTo(new Found.Present(large.data()));
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
