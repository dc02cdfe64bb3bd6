package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.unixfs.UnixFsData;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes blocks as a layout asks. */
final class Nodes {

    private final Layout layout;

    Nodes(Layout layout) {
        this.layout = layout;
    }

    Block raw(Bytes data) {
        return new Block(Cid.v1(Multicodec.RAW, hash(data)), data);
    }

    Block node(UnixFsData message, List<PbLink> links) throws UnixFsException {
        return node(DagPb.encode(new PbNode(links, Optional.of(message.encode()))));
    }

    private Block node(Bytes data) throws UnixFsException {
        if (data.size() > Block.MAX_SIZE) {
            throw new UnixFsException(Problem.TOO_LARGE, "a folder or file takes a block of " + data.size() + " bytes");
        }
        Multihash hash = hash(data);
        boolean version0 = layout.cidVersion() == 0 && hash.code() == Multicodec.SHA2_256;
        return new Block(version0 ? Cid.v0(hash) : Cid.v1(Multicodec.DAG_PB, hash), data);
    }

    private Multihash hash(Bytes data) {
        return data.size() <= layout.inlineLimit() && layout.inlineLimit() > 0
                ? Multihash.identity(data)
                : Multihash.of(layout.hash(), data);
    }

    static PbLink link(Bytes name, Imported target) {
        return new PbLink(target.cid(), Optional.of(name), OptionalLong.of(target.dagSize()));
    }
}
