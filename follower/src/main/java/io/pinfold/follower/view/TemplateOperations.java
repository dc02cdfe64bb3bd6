package io.pinfold.follower.view;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;

/** What others need to join the cluster, put into IPFS by this peer's own node. */
public interface TemplateOperations {

    /**
     * Adds the template that {@code json} is, which must be of this cluster, and publishes it under the node's key {@code keyName},
     * made if there is none.
     */
    Answer<Published> publish(Bytes json, String keyName);

    /**
     * A template in IPFS.
     *
     * @param name the name that stays, such as {@code k51…}
     * @param content this version of it
     */
    record Published(String name, Cid content) {}
}
