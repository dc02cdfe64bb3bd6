package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.unixfs.UnixFsStat;

/**
 * What is known of a file, folder or symbolic link from its first block.
 *
 * @param size bytes of a file's content, or of a symbolic link's target; 0 for a folder
 * @param target of a symbolic link, else empty
 */
public record UnixFsEntry(Cid cid, Kind kind, long size, String target, UnixFsStat stat) {

    /** The kinds of entries. */
    public enum Kind {
        /** A file. */
        FILE,
        /** A folder, in one block or in shards. */
        FOLDER,
        /** A symbolic link. */
        SYMLINK
    }
}
