package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.ipfsnode.store.database.DatabaseException;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Bits flip in the database's own files: the next start saves the rest, and pins fetch again what was lost. */
class SalvageTest {

    private static final int TREES = 20;
    private static final int LEAVES = 20;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private final List<Block> roots = new ArrayList<>();
    private final List<Block> leaves = new ArrayList<>();

    @BeforeEach
    void storeTrees() {
        RandomGenerator random = seeds.generator();
        try (DiskBlockstore store = Stores.open(folder); Pins pins = pins(store)) {
            for (int tree = 0; tree < TREES; tree++) {
                List<Block> own = new ArrayList<>();
                for (int leaf = 0; leaf < LEAVES; leaf++) {
                    own.add(Stores.block(random, leaf == 0 ? 20_000 : 500 + random.nextInt(500)));
                }
                Block root = TestGraph.node("tree" + tree, own.stream().map(Block::cid).toArray(Cid[]::new));
                try (ImportSession session = pins.beginImport().orElseThrow()) {
                    session.put(own);
                    session.put(List.of(root));
                    assertThat(session.commit(new Pin(root.cid(), Pin.ALL, "tree")))
                            .isInstanceOf(PinOutcome.Done.class);
                }
                roots.add(root);
                leaves.addAll(own);
            }
            pins.awaitReleases();
        }
    }

    @Test
    void aFlippedBitAmongSmallBlocks() throws IOException {
        Block hurt = leaves.get(7);
        flip(hurt.data());
        try (DiskBlockstore store = Stores.open(folder)) {
            assertThat(store.find(hurt.cid())).isInstanceOf(Found.Damaged.class);
        }
        requireHealed(40);
    }

    @Test
    void aFlippedBitAmongReferences() throws IOException {
        flipInTable("nodes");
        try (DiskBlockstore store = Stores.open(folder); Pins pins = pins(store)) {
            pins.verify(_ -> {});
        } catch (DatabaseException e) {
            assertThat(e.isDamaged()).isTrue();
        }
        requireHealed(0);
    }

    @Test
    void aFlippedBitInTheIndex() throws IOException {
        flipInTable("blocks");
        try (DiskBlockstore store = Stores.open(folder)) {
            assertThat(leaves).allMatch(leaf -> store.has(leaf.cid()));
        } catch (DatabaseException e) {
            assertThat(e.isDamaged()).isTrue();
        }
        requireHealed(TREES * LEAVES);
    }

    private static Pins pins(DiskBlockstore store) {
        return new Pins(store.database(), store, TestGraph::links, new Budget(store, 1 << 30));
    }

    private void requireHealed(int mayBeLost) {
        assertThat(folder.resolve("damaged")).exists();
        try (DiskBlockstore store = Stores.open(folder); Pins pins = pins(store)) {
            assertThat(folder.resolve("damaged")).doesNotExist();
            long lost = leaves.stream().filter(leaf -> !store.has(leaf.cid())).count();
            assertThat(lost).as(seeds.toString()).isLessThanOrEqualTo(mayBeLost);
            requireExactUsage(store);
            for (Pin pin : pins.unfinished()) {
                try (PinSession session = ((Begun.Started) pins.begin(pin)).session()) {
                    store.put(Stream.concat(roots.stream(), leaves.stream()).toList());
                    assertThat(session.commit()).isInstanceOf(PinOutcome.Done.class);
                }
            }
            assertThat(roots).as(seeds.toString())
                    .allMatch(root -> pins.status(root.cid()) instanceof PinStatus.Finished);
            assertThat(leaves).allMatch(leaf -> store.find(leaf.cid()) instanceof Found.Present);
            Verification found = pins.verify(_ -> {});
            assertThat(found).isEqualTo(new Verification(TREES * (LEAVES + 1), 0, 0));
            roots.forEach(root -> pins.unpin(root.cid()));
            pins.awaitReleases();
            assertThat(store.usage()).isEqualTo(new Usage(0, 0));
        }
        Stores.open(folder).close();
    }

    private static void requireExactUsage(DiskBlockstore store) {
        long[] sums = new long[2];
        store.forEach((_, size) -> {
            sums[0]++;
            sums[1] += size;
        });
        assertThat(store.usage()).isEqualTo(new Usage(sums[0], sums[1]));
    }

    /** Flips a bit in the first rows of a table, whose files have its name in their properties. */
    private void flipInTable(String table) throws IOException {
        int flipped = 0;
        try (Stream<Path> paths = Files.walk(folder.resolve("rows"))) {
            for (Path path : paths.filter(path -> path.toString().endsWith(".sst")).toList()) {
                byte[] content = Files.readAllBytes(path);
                byte[] name = ("name" + table).getBytes(StandardCharsets.US_ASCII);
                if (indexOf(content, name) >= 0) {
                    content[100] ^= 1;
                    Files.write(path, content);
                    flipped++;
                }
            }
        }
        assertThat(flipped).isPositive();
    }

    /** Flips a bit wherever these bytes are in the database's tables. */
    private void flip(Bytes bytes) throws IOException {
        int flipped = 0;
        try (Stream<Path> paths = Files.walk(folder.resolve("rows"))) {
            for (Path path : paths.filter(path -> path.toString().endsWith(".sst")).toList()) {
                byte[] content = Files.readAllBytes(path);
                int at = indexOf(content, bytes.toArray());
                if (at >= 0) {
                    content[at + bytes.size() / 2] ^= 1;
                    Files.write(path, content);
                    flipped++;
                }
            }
        }
        assertThat(flipped).isPositive();
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int at = 0; at <= content.length - part.length; at++) {
            if (java.util.Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
