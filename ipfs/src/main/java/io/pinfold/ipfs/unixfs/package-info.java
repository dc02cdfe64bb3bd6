/**
 * Files in IPFS as the UnixFS format lays them out in blocks, read block by block with each block checked against its CID.
 *
 * <p>Only what reading small files needs: plain files, no folders, links or sharded folders.
 */
@NullMarked
package io.pinfold.ipfs.unixfs;

import org.jspecify.annotations.NullMarked;
