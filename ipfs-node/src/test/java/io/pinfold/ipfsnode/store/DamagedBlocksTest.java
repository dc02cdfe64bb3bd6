package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Files are changed behind the store's back: what is served is what was stored, or nothing. */
class DamagedBlocksTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private Block small = Stores.raw(Bytes.EMPTY);
    private Block large = Stores.raw(Bytes.EMPTY);
    private Block other = Stores.raw(Bytes.EMPTY);

    @BeforeEach
    void storeBlocks() {
        small = Stores.block(seeds.generator("small"), 1_000);
        large = Stores.block(seeds.generator("large"), 100_000);
        other = Stores.block(seeds.generator("other"), 100_000);
        try (DiskBlockstore store = Stores.open(folder)) {
            store.put(List.of(small, large, other));
        }
    }

    @Test
    void aFlippedBitInALargeBlockIsFound() throws IOException {
        flip(large);
        requireDamagedThenStoredAgain(large, small);
    }

    @Test
    void aFlippedBitInASmallBlockIsFound() throws IOException {
        flip(small);
        requireDamagedThenStoredAgain(small, large);
    }

    @Test
    void aCutFileIsFound() throws IOException {
        Path file = fileWith(large);
        Files.write(file, large.data().slice(0, 50_000).toArray());
        requireDamagedThenStoredAgain(large, small);
    }

    @Test
    void aMissingFileIsFound() throws IOException {
        Files.delete(fileWith(large));
        requireDamagedThenStoredAgain(large, small);
    }

    @Test
    void dataThatWasWrongWhenItWasStoredIsFoundByItsHash() {
        Block wrong = new Block(Stores.block(seeds.generator("right"), 1_000).cid(), small.data());
        try (DiskBlockstore store = Stores.open(folder)) {
            store.put(List.of(wrong));
            assertThat(store.find(wrong.cid())).as("the sum is right").isInstanceOf(Found.Present.class);
            assertThat(store.check(small.cid().hash())).isEqualTo(new Found.Present(small.data()));
            assertThat(store.check(wrong.cid().hash())).isInstanceOf(Found.Damaged.class);
            assertThat(store.check(wrong.cid().hash())).isEqualTo(new Found.Absent());
        }
    }

    private void requireDamagedThenStoredAgain(Block damaged, Block whole) {
        try (DiskBlockstore store = Stores.open(folder)) {
            assertThat(store.find(damaged.cid())).isInstanceOf(Found.Damaged.class);
            assertThat(store.find(damaged.cid())).isEqualTo(new Found.Absent());
            assertThat(store.has(damaged.cid())).isFalse();
            assertThat(store.usage()).isEqualTo(
                    new Usage(2, whole.data().size() + other.data().size()));
            assertThat(store.find(whole.cid())).isEqualTo(new Found.Present(whole.data()));
            assertThat(store.put(List.of(damaged))).isEqualTo(new Put.Stored(damaged.data().size()));
            assertThat(store.find(damaged.cid())).isEqualTo(new Found.Present(damaged.data()));
        }
        try (DiskBlockstore store = Stores.open(folder)) {
            assertThat(store.find(damaged.cid())).isEqualTo(new Found.Present(damaged.data()));
        }
    }

    @Test
    void strayFilesOfACrashAreDeleted() throws IOException {
        Block stray = Stores.block(seeds.generator("stray"), 50_000);
        Bytes key = stray.cid().hash().toBytes();
        BlockFiles files = new BlockFiles(folder.resolve("files"));
        try (DiskBlockstore store = Stores.open(folder)) {
            files.write(key, stray.data());
            store.database()
                    .write(new io.pinfold.ipfsnode.store.database.Edits()
                            .put(io.pinfold.ipfsnode.store.database.Table.FILES, key, Bytes.EMPTY)
                            .put(io.pinfold.ipfsnode.store.database.Table.FILES, large.cid().hash().toBytes(),
                                    Bytes.EMPTY));
        }
        try (DiskBlockstore store = Stores.open(folder)) {
            assertThat(files.read(key, 50_000)).isEmpty();
            assertThat(store.has(stray.cid())).isFalse();
            assertThat(store.find(large.cid())).isEqualTo(new Found.Present(large.data()));
        }
    }

    private void flip(Block block) throws IOException {
        Path file = fileWith(block);
        byte[] content = Files.readAllBytes(file);
        content[indexOf(content, block.data().toArray()) + block.data().size() / 2] ^= 0x10;
        Files.write(file, content);
    }

    private Path fileWith(Block block) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> holders = paths.filter(Files::isRegularFile)
                    .filter(path -> indexOf(read(path), block.data().toArray()) >= 0)
                    .toList();
            assertThat(holders).as("one copy").hasSize(1);
            return holders.getFirst();
        }
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int at = 0; at <= content.length - part.length; at++) {
            if (content[at] == part[0]
                    && java.util.Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
