/**
 * Files and folders as UnixFS: imported from disk and streams into blocks, read back from blocks, exported to disk.
 *
 * <p>{@link io.pinfold.ipfsnode.unixfs.write} makes the blocks that Kubo's {@code ipfs add} makes;
 * {@link io.pinfold.ipfsnode.unixfs.read} reads blocks of strangers. Stricter than Kubo in what it reads: sizes must be what
 * is there, and a shard's links must be where its bit-field and the hashes of their names put them.
 */
@NullMarked
package io.pinfold.ipfsnode.unixfs;

import org.jspecify.annotations.NullMarked;
