package io.pinfold.ipfsnode.dag;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.car.CarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts the blocks of a CAR into a store, in batches, each compared with its CID. Used once. */
public final class CarImport {

    /** The size of a batch, in bytes, from which it is stored. */
    private static final int MAX_BATCH = 4 << 20;
    /** The number of blocks of a batch. */
    private static final int MAX_BLOCKS = 1024;

    private final CarReader reader;
    private final Function<List<Block>, Put> store;
    private List<Block> batch = new ArrayList<>();
    private long batchBytes;
    private long blocks;
    private long bytes;

    /** What an import came to. */
    public sealed interface Result {

        /** All blocks are stored; whether all that the roots link to is among them is not looked at. */
        record Stored(List<Cid> roots, long blocks, long bytes) implements Result {}

        /** The archive is no CAR, or has a block that is not what it is called; what came before may be stored. */
        record Refused(Refusal refusal) implements Result {}

        /** The store did not take the blocks; some may be stored. */
        record NotStored(Put reason) implements Result {}
    }

    private CarImport(CarReader reader, Function<List<Block>, Put> store) {
        this.reader = reader;
        this.store = store;
    }

    /**
     * Reads a CAR from {@code in}, which the caller buffers and closes.
     *
     * @param store usually {@link Blockstore#put}
     * @throws IOException if the stream fails
     */
    public static Result run(InputStream in, Function<List<Block>, Put> store) throws IOException {
        return switch (CarReader.open(in)) {
            case Decoded.Refused<CarReader>(Refusal refusal) -> new Result.Refused(refusal);
            case Decoded.Ok<CarReader>(CarReader reader) -> new CarImport(reader, store).run();
        };
    }

    private Result run() throws IOException {
        while (true) {
            switch (reader.next()) {
                case Decoded.Refused<Optional<Block>>(Refusal refusal) -> {
                    return new Result.Refused(refusal);
                }
                case Decoded.Ok<Optional<Block>>(Optional<Block> block) -> {
                    block.ifPresent(this::add);
                    if (block.isEmpty() || batchBytes >= MAX_BATCH || batch.size() == MAX_BLOCKS) {
                        Put put = store.apply(batch);
                        if (!(put instanceof Put.Stored)) {
                            return new Result.NotStored(put);
                        }
                        batch = new ArrayList<>();
                        batchBytes = 0;
                    }
                    if (block.isEmpty()) {
                        return new Result.Stored(reader.roots(), blocks, bytes);
                    }
                }
            }
        }
    }

    private void add(Block block) {
        batch.add(block);
        batchBytes += block.data().size();
        blocks++;
        bytes += block.data().size();
    }
}
