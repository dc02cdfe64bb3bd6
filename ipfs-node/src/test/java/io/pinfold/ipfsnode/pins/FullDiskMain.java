package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.StoreConfig;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Fills a small disk by imports, goes on when there is room again, and prints what it saw. Ends with "done". */
final class FullDiskMain {

    private static final int LEAVES = 20;

    private final Path disk;
    private final RandomGenerator random;
    private final StoreConfig config;
    private final List<Block> pinned = new ArrayList<>();
    private final List<List<Block>> leaves = new ArrayList<>();

    private FullDiskMain(Path disk, long seed, long reserve) {
        this.disk = disk;
        this.random = new SplittableRandom(seed);
        this.config = new StoreConfig(Stores.SMALL.database(), Stores.SMALL.fileSize(), reserve);
    }

    public static void main(String[] arguments) throws IOException {
        Path disk = Path.of(arguments[0]);
        new FullDiskMain(disk.resolve("soft"), Long.parseLong(arguments[1]), 12 << 20).fill(false);
        deleteAll(disk.resolve("soft"));
        new FullDiskMain(disk.resolve("hard"), Long.parseLong(arguments[1]), 0).fill(true);
        System.out.println("done");
    }

    private void fill(boolean hard) throws IOException {
        Path ballast = disk.resolveSibling("ballast");
        if (hard) {
            Files.write(ballast, new byte[8 << 20]);
        }
        try (DiskBlockstore store = Stores.open(disk, config); Pins pins = pins(store)) {
            while (importTree(store, pins)) {
                // until the disk is full
            }
            System.out.println("full with " + pinned.size() + " trees");
            requireAll(store, pins);
        }
        if (hard) {
            Files.delete(ballast);
        }
        try (DiskBlockstore store = Stores.open(disk, config); Pins pins = pins(store)) {
            requireAll(store, pins);
            long before = store.usage().blocks();
            for (int i = 0; i < 3; i++) {
                require(pins.unpin(pinned.removeLast().cid()) instanceof Unpinned.Done, "unpin");
                leaves.removeLast();
            }
            pins.collect();
            require(store.usage().blocks() <= before - 3 * (LEAVES + 1), "collection");
            require(importTree(store, pins), "there is room again");
            require(importTree(store, pins), "and more");
            requireAll(store, pins);
        }
        try (DiskBlockstore store = Stores.open(disk, config); Pins pins = pins(store)) {
            requireAll(store, pins);
        }
        System.out.println("over it");
    }

    private static Pins pins(DiskBlockstore store) {
        return new Pins(store.database(), store, TestGraph::links, new Budget(store, Long.MAX_VALUE));
    }

    private boolean importTree(DiskBlockstore store, Pins pins) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < LEAVES; i++) {
            blocks.add(Stores.block(random, i % 2 == 0 ? 1_000 : 30_000));
        }
        Block root = TestGraph.node("root", blocks.stream().map(Block::cid).toArray(Cid[]::new));
        try (ImportSession session = pins.beginImport().orElseThrow()) {
            for (Block leaf : blocks) {
                if (!(session.put(List.of(leaf)) instanceof ImportSession.Imported.Stored)) {
                    return false;
                }
            }
            if (!(session.put(List.of(root)) instanceof ImportSession.Imported.Stored)
                    || !(session.commit(new Pin(root.cid(), Pin.ALL, "")) instanceof PinOutcome.Done)) {
                return false;
            }
        } catch (TroubleException e) {
            System.out.println("closing an import: " + e.getMessage());
            return false;
        }
        pinned.add(root);
        leaves.add(blocks);
        return store.usage().blocks() > 0;
    }

    private void requireAll(DiskBlockstore store, Pins pins) {
        for (int i = 0; i < pinned.size(); i++) {
            require(pins.status(pinned.get(i).cid()) instanceof PinStatus.Finished, "pin " + i);
            require(leaves.get(i).stream().allMatch(leaf -> store.find(leaf.cid()) instanceof Found.Present),
                    "leaves " + i);
        }
        Verification found = pins.verify(_ -> {});
        require(found.damaged() + found.missing() == 0, found.toString());
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what + ": no");
        }
    }
}
