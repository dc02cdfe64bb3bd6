package io.pinfold.ipfsnode.view;

import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.PeerId;
import java.util.Optional;

/** An embedded node, looked into. */
public interface NodeView {

    /** The node as a backend. */
    IpfsNode node();

    /** Its blocks. */
    BlockView blocks();

    /** Files and folders, here and elsewhere. */
    FileView files();

    /** Graphs of blocks, as archives. */
    ArchiveView archives();

    /** Its pins. */
    PinView pins();

    /** What it stores. */
    RepositoryView repository();

    /** Who it talks to. */
    NeighbourView neighbours();

    /** The newest valid record of a name that is kept here. */
    Optional<NameRecord> record(PeerId name);
}
