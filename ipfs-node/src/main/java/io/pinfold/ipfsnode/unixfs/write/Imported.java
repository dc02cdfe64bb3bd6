package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.multiformats.Cid;

/**
 * A file, folder or symbolic link whose blocks have been made.
 *
 * @param dagSize bytes of all its blocks, one that occurs twice counted twice; what a link to it claims as its size
 * @param fileSize bytes of content; those of all files of a folder
 */
public record Imported(Cid cid, long dagSize, long fileSize) {}
