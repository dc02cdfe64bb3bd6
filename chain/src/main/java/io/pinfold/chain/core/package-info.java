/** The values of the chain: pins, operations, blocks, heads and the positions that a state can stand at. Pure. */
@NullMarked
package io.pinfold.chain.core;

import org.jspecify.annotations.NullMarked;
