/** The chain on disk: blocks in a segment log, and in memory where each is and which branch is applied. */
@NullMarked
package io.pinfold.chain.store.blocks;

import org.jspecify.annotations.NullMarked;
