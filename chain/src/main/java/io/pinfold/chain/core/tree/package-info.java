/**
 * The branches that this peer knows: the recent blocks in memory, the older ones through the chain store, the blocks that
 * wait for others, and those that wait to be merged.
 */
@NullMarked
package io.pinfold.chain.core.tree;

import org.jspecify.annotations.NullMarked;
