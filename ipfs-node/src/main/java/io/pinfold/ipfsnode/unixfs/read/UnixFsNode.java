package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import io.pinfold.multiformats.unixfs.UnixFsType;
import java.util.List;

/**
 * A block as UnixFS sees it; a raw block is a leaf of a file.
 *
 * @param cid of the block, for messages
 */
record UnixFsNode(Cid cid, UnixFsData data, List<PbLink> links) {

    static UnixFsNode load(BlockGetter blocks, Cid cid) throws UnixFsException {
        return switch (blocks.get(cid)) {
            case Found.Absent() -> throw new UnixFsException(Problem.MISSING, "block " + cid + " is not to be had");
            case Found.Damaged(String detail) -> throw new UnixFsException(Problem.DAMAGED,
                    "block " + cid + ": " + detail);
            case Found.Present(Bytes block) -> decode(cid, block);
        };
    }

    private static UnixFsNode decode(Cid cid, Bytes block) throws UnixFsException {
        if (cid.codec() == Multicodec.RAW) {
            return new UnixFsNode(cid, UnixFsData.leaf(block, UnixFsStat.NONE), List.of());
        }
        if (cid.codec() != Multicodec.DAG_PB) {
            throw new UnixFsException(Problem.MALFORMED,
                    cid + " is no UnixFS: its codec is 0x" + Long.toHexString(cid.codec()));
        }
        Decoded<UnixFsNode> decoded = DagPb.decode(block)
                .flatMap(node -> UnixFsData.decode(node.data().orElse(Bytes.EMPTY))
                        .map(data -> new UnixFsNode(cid, data, node.links())));
        return switch (decoded) {
            case Decoded.Ok<UnixFsNode>(UnixFsNode node) -> node;
            case Decoded.Refused<UnixFsNode>(Refusal refusal) -> throw new UnixFsException(Problem.MALFORMED,
                    cid + " is no UnixFS: " + refusal);
        };
    }

    boolean isFile() {
        return data.type() == UnixFsType.FILE || data.type() == UnixFsType.RAW;
    }

    boolean isFolder() {
        return data.type() == UnixFsType.DIRECTORY || data.type() == UnixFsType.HAMT_SHARD;
    }

    /** The bytes of the file in this node and below, as far as the node agrees with itself. */
    long fileSize() throws UnixFsException {
        if (!isFile()) {
            throw new UnixFsException(Problem.NOT_A_FILE, cid + " is a " + data.type());
        }
        if (links.size() != data.blockSizes().size()) {
            throw new UnixFsException(Problem.WRONG_SIZE,
                    cid + " has " + links.size() + " links and sizes for " + data.blockSizes().size());
        }
        long size = data.data().size();
        for (long below : data.blockSizes()) {
            size += below;
            if (size < 0) {
                throw new UnixFsException(Problem.WRONG_SIZE, cid + " claims more than 2^63 bytes");
            }
        }
        if (data.fileSize().orElse(size) != size) {
            throw new UnixFsException(Problem.WRONG_SIZE,
                    cid + " claims " + data.fileSize().orElse(0) + " bytes and parts of " + size);
        }
        return size;
    }
}
