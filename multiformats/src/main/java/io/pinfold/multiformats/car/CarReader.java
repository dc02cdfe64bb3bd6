package io.pinfold.multiformats.car;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Reads the blocks of a CAR from a stream, one after the other, each compared with its CID.
 *
 * <p>Memory is bounded by one header of 1 MiB and one block of {@link Block#MAX_SIZE}. After a refusal nothing more is to be
 * read. Whoever opened the stream buffers and closes it.
 */
public final class CarReader {

    private static final int MAX_SECTION = Cid.MAX_BYTES + Block.MAX_SIZE;

    private final CarInput in;
    private final List<Cid> roots;

    private CarReader(CarInput in, List<Cid> roots) {
        this.in = in;
        this.roots = roots;
    }

    /**
     * Reads the header, or both headers of version 2.
     *
     * <p>Refused: TRUNCATED; TOO_LONG and TOO_MANY beyond 1 MiB or 16,384 roots; UNSUPPORTED for other versions than 1 and 2;
     * WRONG_TYPE and MALFORMED for other contents; NOT_CANONICAL and all else that
     * {@link io.pinfold.multiformats.cbor.DagCbor#decode} refuses.
     *
     * @throws IOException if the stream fails
     */
    public static Decoded<CarReader> open(InputStream stream) throws IOException {
        try {
            CarInput in = new CarInput(stream);
            Bytes header = in.readPrefixed(CarHeader.MAX_BYTES)
                    .orElseThrow(() -> new RefusalException(Kind.TRUNCATED, "there is no header"));
            if (header.equals(CarV2.PRAGMA)) {
                in.window(CarV2.read(in));
                header = in.readPrefixed(CarHeader.MAX_BYTES)
                        .orElseThrow(() -> new RefusalException(Kind.TRUNCATED, "there is no inner header"));
            }
            return Decoded.ok(new CarReader(in, CarHeader.decode(header).orRefuse().roots()));
        } catch (RefusalException e) {
            return new Decoded.Refused<>(e.refusal());
        }
    }

    /** What the header calls the roots. */
    public List<Cid> roots() {
        return roots;
    }

    /**
     * The next block; empty behind the last one.
     *
     * <p>Refused: TRUNCATED within a section; TOO_LONG for a block above {@link Block#MAX_SIZE}; MALFORMED for a section
     * without a CID; WRONG_HASH for a block that is not what its CID names, UNSUPPORTED where its hash function cannot be
     * computed; what {@link Cid#read} refuses.
     *
     * @throws IOException if the stream fails
     */
    public Decoded<Optional<Block>> next() throws IOException {
        try {
            Optional<Bytes> section = in.readPrefixed(MAX_SECTION);
            return Decoded.ok(section.isPresent() ? Optional.of(block(section.get())) : Optional.empty());
        } catch (RefusalException e) {
            return new Decoded.Refused<>(e.refusal());
        }
    }

    private static Block block(Bytes section) throws RefusalException {
        if (section.isEmpty()) {
            throw new RefusalException(Kind.MALFORMED, "section is empty");
        }
        ByteReader reader = new ByteReader(section);
        Cid cid = Cid.read(reader);
        if (reader.remaining() > Block.MAX_SIZE) {
            throw new RefusalException(Kind.TOO_LONG, "block has " + reader.remaining() + " bytes");
        }
        if (!cid.hash().isVerifiable()) {
            throw new RefusalException(Kind.UNSUPPORTED, "hash function of " + cid);
        }
        Block block = new Block(cid, reader.rest());
        if (!block.isGenuine()) {
            throw new RefusalException(Kind.WRONG_HASH, "block is not " + cid);
        }
        return block;
    }
}
