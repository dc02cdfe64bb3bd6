package io.pinfold.ipfsnode.dag;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The CIDs that a block links to, each once, in the order of their first occurrence.
 *
 * @param opaque whether the block's codec is unknown to us: it may have links that we do not see
 */
public record Links(List<Cid> cids, boolean opaque) {

    /** The greatest number of links of one block; a block of 2 MiB holds some 50,000 links with SHA2-256. */
    public static final int MAX_LINKS = 1 << 16;

    private static final Links NONE = new Links(List.of(), false);
    private static final Links UNKNOWN = new Links(List.of(), true);

    /** Copies the list. */
    public Links {
        cids = List.copyOf(cids);
    }

    /**
     * The links of {@code block}, whose hash is not looked at.
     *
     * <p>DAG-PB is read strictly; DAG-CBOR and DAG-JSON tolerantly, canonical or not; raw blocks, keys, plain CBOR and plain
     * JSON have none. Refused: TOO_LONG for a block above {@link Block#MAX_SIZE}; TOO_MANY above {@link #MAX_LINKS}; TOO_DEEP
     * above {@value CborLinks#MAX_DEPTH} lists and maps within one another; TRUNCATED, TRAILING and MALFORMED for what is not
     * in the codec; and what {@link DagPb#decode} and {@link Cid#decode} refuse.
     */
    public static Decoded<Links> of(Block block) {
        return of(block.cid().codec(), block.data());
    }

    /** The links of {@code block} as often as they stand in it; refused as by {@link #of}. */
    public static Decoded<List<Cid>> all(Block block) {
        return of(block.cid().codec(), block.data(), List::copyOf).map(Links::cids);
    }

    private static Decoded<Links> of(long codec, Bytes data) {
        return of(codec, data, cids -> List.copyOf(cids.stream().collect(Collectors.toCollection(LinkedHashSet::new))));
    }

    private static Decoded<Links> of(long codec, Bytes data, Function<Collection<Cid>, List<Cid>> form) {
        if (codec == Multicodec.RAW) {
            return Decoded.ok(NONE);
        }
        if (data.size() > Block.MAX_SIZE) {
            return Decoded.refused(Kind.TOO_LONG,
                    "block has " + data.size() + " bytes, at most " + Block.MAX_SIZE + " allowed");
        }
        if (codec == Multicodec.DAG_PB) {
            return DagPb.decode(data).map(node -> found(node.links().stream().map(PbLink::cid).toList(), form));
        }
        if (codec == Multicodec.DAG_CBOR) {
            return Decoded.attempt(() -> found(CborLinks.of(data), form));
        }
        if (codec == Multicodec.DAG_JSON) {
            return Decoded.attempt(() -> found(JsonLinks.of(data), form));
        }
        return Decoded.ok(isLeaf(codec) ? NONE : UNKNOWN);
    }

    private static boolean isLeaf(long codec) {
        return codec == Multicodec.LIBP2P_KEY
                || codec == Multicodec.IDENTITY
                || codec == Multicodec.CBOR
                || codec == Multicodec.JSON;
    }

    private static Links found(Collection<Cid> cids, Function<Collection<Cid>, List<Cid>> form) {
        return cids.isEmpty() ? NONE : new Links(form.apply(cids), false);
    }

    /** Adds to {@code links} what {@code cid} decodes to, unless there are {@link #MAX_LINKS} already. */
    static void add(Collection<Cid> links, Decoded<Cid> cid) throws RefusalException {
        if (links.size() == MAX_LINKS) {
            throw new RefusalException(Kind.TOO_MANY, "block has more than " + MAX_LINKS + " links");
        }
        links.add(cid.orRefuse());
    }
}
