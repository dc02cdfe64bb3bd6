package io.pinfold.chain.store;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Fills a small disk through the stores, makes room, and goes on; prints what it saw. Ends with "done". */
final class FullDiskMain {

    private static final int BALLAST_BYTES = 3 << 20;
    private static final int MORE_BLOCKS = 50;

    /** More than the disk has room for blocks: the state can be had without a new base. */
    private static final int MAX_CHANGES = 100_000;

    private FullDiskMain() {}

    public static void main(String[] arguments) throws IOException {
        Path disk = Path.of(arguments[0]);
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[BALLAST_BYTES]);
        RandomGenerator random = new SplittableRandom(Long.parseLong(arguments[1]));
        ChainPoint full;
        try (StoreRig rig = new StoreRig(disk, MAX_CHANGES)) {
            StoreFailure failure = fill(rig, random);
            full = rig.head();
            require(failure.kind() == StoreFailure.Kind.DISK_FULL, "failure is " + failure);
            require(append(rig, random) != null, "a second attempt is refused too");
            require(rig.head().equals(full), "the head is as it was");
            System.out.println("full at height " + full.height());
        }
        try (StoreRig rig = new StoreRig(disk, MAX_CHANGES)) {
            require(rig.head().equals(full), "a start on the full disk finds the head");
            rig.catchUp();
            require(rig.pins.size() == rig.fold().size(), "and the state");
            System.out.println("started");
            Files.delete(ballast);
            for (int i = 0; i < MORE_BLOCKS; i++) {
                require(append(rig, random) == null, "there is room again");
            }
            rig.catchUp();
        }
        try (StoreRig rig = new StoreRig(disk, MAX_CHANGES)) {
            rig.catchUp();
            require(rig.head().height() == full.height() + MORE_BLOCKS, "all blocks are there");
            require(rig.pins.size() == rig.fold().size(), "and the state");
        }
        System.out.println("done");
    }

    private static StoreFailure fill(StoreRig rig, RandomGenerator random) {
        while (true) {
            StoreFailure failure = append(rig, random);
            if (failure != null) {
                return failure;
            }
        }
    }

    private static @Nullable StoreFailure append(StoreRig rig, RandomGenerator random) {
        SignedBlock block = rig.grow(rig.head(), 1, 1, random).getFirst();
        try {
            rig.intake.append(List.of(StoreRig.entry(block.height(), block.block().ops().getFirst())));
            rig.intake.retire(block.height());
            rig.chain.append(List.of(block), new ChainPoint(block.height(), block.cid()));
            return null;
        } catch (StoreException e) {
            return e.failure();
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what + ": no");
        }
    }
}
