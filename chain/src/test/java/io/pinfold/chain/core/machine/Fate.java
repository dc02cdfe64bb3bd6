package io.pinfold.chain.core.machine;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import java.io.Serial;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/** What becomes of the writes of a {@link SimPeer}: they work, or the disk is full, or the power is cut in the middle. */
final class Fate {

    private RandomGenerator random = new SplittableRandom(0);
    private int writesLeft = Integer.MAX_VALUE;
    private boolean diskFull;
    private boolean blocksFull;

    /** Thrown by the write in which the power is cut: nothing after it happens. */
    static final class PowerCut extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Has the power be cut in the write after {@code writes} more. */
    void cutAfter(int writes, RandomGenerator how) {
        writesLeft = writes;
        random = how;
    }

    /** Whether writes fail for want of room. */
    void diskFull(boolean full) {
        diskFull = full;
    }

    /** Whether the disk of the blocks alone has no room. */
    void blocksFull(boolean full) {
        blocksFull = full;
    }

    /** Has all writes work again. */
    void spare() {
        writesLeft = Integer.MAX_VALUE;
        diskFull = false;
        blocksFull = false;
    }

    /** Fails if there is no room for blocks. */
    void requireRoomForBlocks() {
        requireRoom(!blocksFull);
    }

    private static void requireRoom(boolean room) {
        if (!room) {
            throw new StoreException(new StoreFailure(StoreFailure.Kind.DISK_FULL, "no room"));
        }
    }

    /** Has {@code write} write all of {@code items}, or only the given number of them before the power is cut. */
    void write(int items, IntConsumer write) {
        requireRoom(!diskFull);
        if (writesLeft-- > 0) {
            write.accept(items);
            return;
        }
        write.accept(random.nextInt(items + 1));
        throw new PowerCut();
    }
}
