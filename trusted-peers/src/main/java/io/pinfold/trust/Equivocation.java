package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;

/**
 * Evidence that a key signed two different blocks with one sequence number.
 *
 * <p>It needs no context but the cluster's id: whoever has it can check both signatures. This record only holds the two
 * blocks; the chain's verifier says whether they prove anything.
 *
 * @param author whose key it was
 * @param seq the sequence number used twice
 * @param first the encoded block that comes first in unsigned order
 * @param second the other encoded block
 */
public record Equivocation(PeerId author, long seq, Bytes first, Bytes second) {

    /** The greatest size of a block, in bytes. */
    public static final int MAX_BLOCK = 1 << 20;

    private static final int VERSION = 1;
    private static final CborLimits LIMITS = new CborLimits(2 * MAX_BLOCK + 1024, 1, 16);

    /**
     * Checks order and bounds.
     *
     * @throws IllegalArgumentException if the blocks are the same or out of order
     */
    public Equivocation {
        if (first.compareTo(second) >= 0 || seq < 1) {
            throw new IllegalArgumentException("two blocks in ascending order are needed");
        }
    }

    /** The evidence of two different blocks, in either order. */
    public static Equivocation of(PeerId author, long seq, Bytes one, Bytes other) {
        return one.compareTo(other) < 0
                ? new Equivocation(author, seq, one, other)
                : new Equivocation(author, seq, other, one);
    }

    /** The encoding, for files and other peers. */
    public Bytes toBytes() {
        return DagCbor.encode(CborMap.builder()
                .put("v", VERSION)
                .put("author", author.toBytes())
                .put("seq", seq)
                .put("first", first)
                .put("second", second)
                .build());
    }

    /** The evidence that {@code bytes} are, wholly. */
    public static Decoded<Equivocation> decode(Bytes bytes) {
        return DagCbor.decode(bytes, LIMITS).flatMap(value -> CborFields.read("evidence", value, in -> {
            in.number("v", VERSION, VERSION);
            PeerId author = PeerId.decode(in.bytes("author", 64)).orRefuse();
            long seq = in.number("seq", 1, Long.MAX_VALUE);
            Bytes first = in.bytes("first", MAX_BLOCK);
            Bytes second = in.bytes("second", MAX_BLOCK);
            if (first.compareTo(second) >= 0) {
                throw new RefusalException(Kind.NOT_CANONICAL, "evidence is not of two blocks in ascending order");
            }
            return new Equivocation(author, seq, first, second);
        }));
    }
}
