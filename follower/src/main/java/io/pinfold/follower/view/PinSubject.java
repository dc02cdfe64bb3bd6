package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;

/** What is to be pinned or unpinned: a CID, or a path that the IPFS backend resolves to one. */
public sealed interface PinSubject {

    /** A CID. */
    record ByCid(Cid cid) implements PinSubject {}

    /** A path such as {@code /ipfs/CID/folder/file}, {@code /ipns/NAME} or {@code /ipld/CID/field}. */
    record ByPath(String path) implements PinSubject {

        public ByPath {
            if (!path.startsWith("/ipfs/") && !path.startsWith("/ipns/") && !path.startsWith("/ipld/")) {
                throw new IllegalArgumentException("not a path of IPFS: " + path);
            }
        }
    }
}
