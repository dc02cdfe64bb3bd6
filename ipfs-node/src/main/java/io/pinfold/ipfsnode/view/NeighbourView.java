package io.pinfold.ipfsnode.view;

import io.pinfold.multiformats.Multiaddr;
import java.util.List;

/** Who a node talks to. */
public interface NeighbourView {

    /** The remote end of every open connection, with {@code /p2p/}. */
    List<Multiaddr> connected();

    /** The protocols by which blocks are served. */
    List<String> protocols();
}
