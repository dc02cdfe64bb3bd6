package io.pinfold.multiformats.dagpb;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.BytesBuilder;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The DAG-PB codec, as strict as the specification asks.
 *
 * <p>Encoding sorts the links by the bytes of their names, keeping the order of equal ones, and puts the data behind
 * them. Decoding keeps the order that it finds and takes the data before or behind the links, since old blocks have both.
 */
public final class DagPb {

    /** The greatest size of a block, in bytes: what Bitswap carries. */
    public static final int MAX_BYTES = 2 << 20;
    /** The greatest number of links of a node; a block of 2 MiB holds some 50,000 links with SHA2-256. */
    public static final int MAX_LINKS = 1 << 16;

    private static final int DATA_TAG = 0x0a;
    private static final int LINK_TAG = 0x12;
    private static final int HASH_TAG = 0x0a;
    private static final int NAME_TAG = 0x12;
    private static final int SIZE_TAG = 0x18;

    private static final Comparator<PbLink> BY_NAME = Comparator.comparing(link -> link.name().orElse(Bytes.EMPTY));

    private DagPb() {}

    /** The canonical encoding of {@code node}. */
    public static Bytes encode(PbNode node) {
        List<PbLink> links = node.links().size() < 2 ? node.links() : node.links().stream().sorted(BY_NAME).toList();
        int size = node.data().map(DagPb::encodedSize).orElse(0);
        for (PbLink link : links) {
            size += encodedSize(link);
        }
        BytesBuilder out = new BytesBuilder(size);
        for (PbLink link : links) {
            put(out.put(LINK_TAG).putVarint(sizeOf(link)), link);
        }
        node.data().ifPresent(data -> out.put(DATA_TAG).putPrefixed(data));
        return out.build();
    }

    /** Number of bytes that {@code link} adds to the encoding of a node. */
    public static int encodedSize(PbLink link) {
        return 1 + BytesBuilder.sizeOfPrefixed(sizeOf(link));
    }

    /** Number of bytes that {@code data} adds to the encoding of a node. */
    public static int encodedSize(Bytes data) {
        return 1 + BytesBuilder.sizeOfPrefixed(data.size());
    }

    private static int sizeOf(PbLink link) {
        return 1
                + BytesBuilder.sizeOfPrefixed(link.cid().size())
                + link.name().map(name -> 1 + BytesBuilder.sizeOfPrefixed(name.size())).orElse(0)
                + (link.size().isPresent() ? 1 + Varint.sizeOf(link.size().getAsLong()) : 0);
    }

    private static void put(BytesBuilder out, PbLink link) {
        out.put(HASH_TAG).putPrefixed(link.cid().toBytes());
        link.name().ifPresent(name -> out.put(NAME_TAG).putPrefixed(name));
        link.size().ifPresent(size -> out.put(SIZE_TAG).putVarint(size));
    }

    /**
     * The node that {@code block} is, wholly.
     *
     * <p>Refused: TOO_LONG and TOO_MANY beyond the limits; TRUNCATED; NOT_CANONICAL for fields repeated or out of order,
     * data between links, and varints that are not minimal; MALFORMED for unknown fields and links without a CID; what
     * {@link Cid#decode} refuses.
     */
    public static Decoded<PbNode> decode(Bytes block) {
        return Decoded.attempt(() -> {
            if (block.size() > MAX_BYTES) {
                throw new RefusalException(Kind.TOO_LONG, "block has " + block.size() + " bytes");
            }
            return readNode(new ByteReader(block));
        });
    }

    private static PbNode readNode(ByteReader in) throws RefusalException {
        List<PbLink> links = new ArrayList<>();
        Optional<Bytes> data = Optional.empty();
        boolean dataBehindLinks = false;
        while (in.remaining() > 0) {
            int tag = in.readByte();
            if (tag == LINK_TAG && !dataBehindLinks && links.size() < MAX_LINKS) {
                links.add(readLink(new ByteReader(in.readPrefixed(MAX_BYTES))));
            } else if (tag == DATA_TAG && data.isEmpty()) {
                data = Optional.of(in.readPrefixed(MAX_BYTES));
                dataBehindLinks = !links.isEmpty();
            } else if (tag == LINK_TAG && !dataBehindLinks) {
                throw new RefusalException(Kind.TOO_MANY, "node has more than " + MAX_LINKS + " links");
            } else {
                throw misplaced("node", tag, tag == LINK_TAG || tag == DATA_TAG);
            }
        }
        return new PbNode(links, data);
    }

    private static PbLink readLink(ByteReader in) throws RefusalException {
        if (!in.startsWith(HASH_TAG)) {
            throw new RefusalException(Kind.MALFORMED, "link does not begin with a CID");
        }
        in.readByte();
        Cid cid = Cid.decode(in.readPrefixed(Cid.MAX_BYTES)).orRefuse();
        Optional<Bytes> name = Optional.empty();
        if (in.startsWith(NAME_TAG)) {
            in.readByte();
            name = Optional.of(in.readPrefixed(MAX_BYTES));
        }
        OptionalLong size = OptionalLong.empty();
        if (in.startsWith(SIZE_TAG)) {
            in.readByte();
            size = OptionalLong.of(in.readVarint());
        }
        if (in.remaining() > 0) {
            int tag = in.readByte();
            throw misplaced("link", tag, tag == HASH_TAG || tag == NAME_TAG || tag == SIZE_TAG);
        }
        return new PbLink(cid, name, size);
    }

    private static RefusalException misplaced(String where, int tag, boolean known) {
        String field = "%s has field 0x%02x ".formatted(where, tag);
        return known
                ? new RefusalException(Kind.NOT_CANONICAL, field + "twice or out of order")
                : new RefusalException(Kind.MALFORMED, field + "which DAG-PB does not know");
    }
}
