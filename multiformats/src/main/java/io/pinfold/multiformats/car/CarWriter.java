package io.pinfold.multiformats.car;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Varint;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes a CAR of version 1 to a stream, block by block.
 *
 * <p>Whoever opened the stream buffers and closes it. Blocks are written as they come: their order and that none comes twice
 * is the caller's business.
 */
public final class CarWriter {

    private final OutputStream out;

    /**
     * Writes the header.
     *
     * @throws IllegalArgumentException if there are more than 16,384 roots
     */
    public CarWriter(OutputStream out, List<Cid> roots) throws IOException {
        this.out = out;
        Bytes header = new CarHeader(roots).encode();
        Varint.write(out, header.size());
        header.writeTo(out);
    }

    /** Writes a block, of at most {@link Block#MAX_SIZE} bytes. */
    public void write(Block block) throws IOException {
        if (block.data().size() > Block.MAX_SIZE) {
            throw new IllegalArgumentException("block of " + block.data().size() + " bytes");
        }
        Bytes cid = block.cid().toBytes();
        Varint.write(out, cid.size() + (long) block.data().size());
        cid.writeTo(out);
        block.data().writeTo(out);
    }
}
