/**
 * Blocks on disk: an index and the small blocks in a database, large blocks as files of their own.
 *
 * <p>A block is here when the index says so; its row is written when all of the block is in the hands of the operating
 * system, so what a killed process left half written is not here. Data is compared with its hash whenever it is read.
 */
@NullMarked
package io.pinfold.ipfsnode.store;

import org.jspecify.annotations.NullMarked;
