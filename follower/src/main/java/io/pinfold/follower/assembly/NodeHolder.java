package io.pinfold.follower.assembly;

import io.pinfold.follower.view.AddOperations;
import io.pinfold.ipfsnode.view.NodeView;
import java.util.Optional;

/** Something that may have an embedded IPFS node. */
public interface NodeHolder {

    /** The node, looked into; empty if content is kept on a node elsewhere. */
    Optional<NodeView> inside();

    /** Puts content into the node, wherever it is. */
    AddOperations adding();
}
