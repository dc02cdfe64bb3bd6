package io.pinfold.ipfsnode.dag;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.car.CarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes the blocks that are reachable from roots as a CAR, in the order of a {@link Walk}. */
public final class CarExport {

    private CarExport() {}

    /** What an export came to. */
    public sealed interface Result {

        /**
         * All is written.
         *
         * @param bytes of the blocks' data
         * @param opaque blocks of codecs that we do not know, whose links, if any, are left out
         */
        record Written(long blocks, long bytes, long opaque) implements Result {}

        /** A block is not to be had; what was written so far is no whole archive. */
        record Stuck(Walk.Step.Stuck where) implements Result {}
    }

    /**
     * Writes a CAR to {@code out}, which the caller buffers and closes.
     *
     * @throws IOException if the stream fails
     */
    public static Result run(BlockReader blocks, List<Cid> roots, Walk.Limits limits, OutputStream out)
            throws IOException {
        CarWriter writer = new CarWriter(out, roots);
        Walk walk = new Walk(blocks, roots, limits);
        long opaque = 0;
        while (true) {
            switch (walk.next()) {
                case Walk.Step.At at -> {
                    writer.write(at.block());
                    opaque += at.links().opaque() ? 1 : 0;
                }
                case Walk.Step.Stuck stuck -> {
                    return new Result.Stuck(stuck);
                }
                case Walk.Step.Done(long count, long bytes) -> {
                    return new Result.Written(count, bytes, opaque);
                }
            }
        }
    }
}
