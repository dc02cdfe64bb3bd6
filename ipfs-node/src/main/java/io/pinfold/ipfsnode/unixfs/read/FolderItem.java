package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.OptionalLong;

/**
 * An entry of a folder.
 *
 * @param name as it is written, which may be no name that a file can have
 * @param dagSize bytes of all blocks below, as the folder claims
 */
public record FolderItem(Bytes name, Cid cid, OptionalLong dagSize) {

    /** The name; what is no UTF-8 in it is replaced by U+FFFD. */
    public String nameText() {
        return Names.text(name);
    }
}
