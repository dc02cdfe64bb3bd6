package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a path leads to, as its first block tells.
 *
 * @param entry nameless
 * @param bytes of all files below, about, as the writers of the blocks claim
 */
record Shape(Entry entry, long bytes) {

    private static final int PERMISSIONS = 0777;

    /** Asks {@code node} what is at {@code path}. */
    static Shape of(NodeClient node, ContentPath path) throws Complaint {
        Cid cid = cid(node, path);
        List<Bytes> block = new ArrayList<>();
        node.bytes(path.toString(), NodeRequest.of("block/get").with("arg", cid),
                (bytes, _) -> block.add(Bytes.copyOf(bytes.readNBytes(Block.MAX_SIZE + 1))));
        return switch (of(cid, block.getFirst())) {
            case Decoded.Ok<Shape>(Shape shape) -> shape;
            case Decoded.Refused<Shape>(Refusal refusal) -> throw new Complaint("error: " + path
                    + " is no file or folder: " + refusal.detail() + "; 'ipfs export' takes any content",
                    IpfsExit.FAILED);
        };
    }

    private static Cid cid(NodeClient node, ContentPath path) throws Complaint {
        if (path.parent().isEmpty()) {
            return path.root();
        }
        List<String> found = new ArrayList<>(1);
        Entry.list(node, path.parent().get(), entry -> {
            if (entry.name().equals(path.lastName())) {
                found.add(entry.cid());
            }
        });
        if (found.isEmpty()) {
            throw new Complaint("error: there is no " + Shown.text(path.lastName()) + " in "
                    + Shown.text(path.parent().get().toString()), IpfsExit.FAILED);
        }
        return Values.of(path.toString(), Cid.parse(found.getFirst()), IpfsExit.FAILED);
    }

    /** The shape of what begins with the block {@code data} of {@code cid}. */
    static Decoded<Shape> of(Cid cid, Bytes data) {
        if (cid.codec() == Multicodec.RAW) {
            return Decoded.ok(shape(cid, Entry.Kind.FILE, data.size(), "", UnixFsStat.NONE));
        }
        return cid.codec() == Multicodec.DAG_PB
                ? DagPb.decode(data).flatMap(node -> of(cid, node))
                : Decoded.refused(Kind.UNSUPPORTED, "its codec is 0x" + Long.toHexString(cid.codec()));
    }

    private static Decoded<Shape> of(Cid cid, PbNode node) {
        long below = node.links().stream().mapToLong(link -> link.size().orElse(0)).sum();
        return UnixFsData.decode(node.data().orElse(Bytes.EMPTY)).flatMap(data -> switch (data.type()) {
            case FILE, RAW -> Decoded.ok(shape(cid, Entry.Kind.FILE, data.fileSize().orElse(data.data().size()), "",
                    data.stat()));
            case DIRECTORY, HAMT_SHARD -> Decoded.ok(shape(cid, Entry.Kind.FOLDER, below, "", data.stat()));
            case SYMLINK -> Decoded.ok(shape(cid, Entry.Kind.SYMLINK, 0,
                    new String(data.data().toArray(), StandardCharsets.UTF_8), data.stat()));
            case METADATA -> Decoded.refused(Kind.UNSUPPORTED, "it is of a type never used");
        });
    }

    private static Shape shape(Cid cid, Entry.Kind kind, long bytes, String target, UnixFsStat stat) {
        OptionalInt mode = stat.mode().isPresent()
                ? OptionalInt.of(stat.mode().getAsInt() & PERMISSIONS)
                : OptionalInt.empty();
        return new Shape(new Entry("", cid.toString(), kind, bytes, target, mode, stat.mtime()), bytes);
    }
}
