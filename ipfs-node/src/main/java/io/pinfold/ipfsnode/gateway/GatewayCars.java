package io.pinfold.ipfsnode.gateway;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.read.UnixFsReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Archives of the blocks that are here, as a trustless gateway answers them. For any number of threads. */
public final class GatewayCars {

    /** The greatest number of names of a path. */
    public static final int MAX_PATH = UnixFsReader.MAX_PATH;

    /** The root of an archive that shows that a path leads nowhere: no bytes. */
    private static final Cid NOTHING = Cid.v1(Multicodec.RAW, Multihash.identity(Bytes.EMPTY));

    private final BlockReader blocks;

    /** Archives of {@code blocks}. */
    public GatewayCars(BlockReader blocks) {
        this.blocks = blocks;
    }

    /** Follows the path; a failure if its root, or a block on the way, is not here or no folder of UnixFS. */
    public Outcome<CarPlan> plan(CarWish wish) {
        return Outcome.attempt(() -> {
            if (!blocks.has(wish.root())) {
                throw new UnixFsException(Problem.MISSING, "block " + wish.root() + " is not here");
            }
            if (wish.path().size() > MAX_PATH) {
                throw new UnixFsException(Problem.TOO_DEEP, "a path of " + wish.path().size() + " names");
            }
            return follow(wish);
        });
    }

    private CarPlan follow(CarWish wish) throws UnixFsException {
        Set<Cid> read = new LinkedHashSet<>();
        UnixFsReader reader = new UnixFsReader(cid -> {
            read.add(cid);
            return blocks.find(cid);
        });
        List<Cid> segments = new ArrayList<>(List.of(wish.root()));
        for (String name : wish.path()) {
            switch (reader.resolve(segments.getLast(), List.of(name))) {
                case Outcome.Done<Cid>(Cid next) -> segments.add(next);
                case Outcome.Failed<Cid>(UnixFsFailure failure) -> {
                    if (failure.problem() == Problem.NOT_FOUND || failure.problem() == Problem.NOT_A_FOLDER) {
                        return new CarPlan(wish, List.of(NOTHING), List.copyOf(read), segments, false);
                    }
                    throw new UnixFsException(failure);
                }
            }
        }
        if (!blocks.has(segments.getLast())) {
            throw new UnixFsException(Problem.MISSING, "block " + segments.getLast() + " is not here");
        }
        return new CarPlan(wish, List.of(segments.getLast()), List.copyOf(read), segments, true);
    }

    /**
     * Writes the archive and gives the number of blocks; a failure may come after some bytes.
     *
     * @throws IOException if the stream fails
     */
    public Outcome<Long> write(CarPlan plan, OutputStream out) throws IOException {
        return new CarPicker(blocks, plan, out).run();
    }
}
