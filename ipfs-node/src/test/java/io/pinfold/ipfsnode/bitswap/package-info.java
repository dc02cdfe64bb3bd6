/** Tests of Bitswap as a whole, on hosts in memory and against Kubo. */
@NullMarked
package io.pinfold.ipfsnode.bitswap;

import org.jspecify.annotations.NullMarked;
