package io.pinfold.ipfsnode.view;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfsnode.gateway.CarPlan;
import io.pinfold.ipfsnode.gateway.CarWish;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.OutputStream;

/** Graphs of blocks, written as CARs. */
public interface ArchiveView {

    /**
     * Writes all that is reachable from {@code root} as Kubo orders it, and gives the number of blocks.
     *
     * @return a failure may come after some bytes
     * @throws IOException if the stream fails
     */
    Answer<Long> export(Cid root, Reach reach, OutputStream out) throws IOException;

    /** Finds out what of the blocks that are here belongs into the archive that a gateway is asked for. */
    Answer<CarPlan> plan(CarWish wish);

    /**
     * Writes the archive, and gives the number of blocks.
     *
     * @return a failure may come after some bytes
     * @throws IOException if the stream fails
     */
    Answer<Long> write(CarPlan plan, OutputStream out) throws IOException;
}
