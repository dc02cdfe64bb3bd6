/** What other modules' tests use: an IPFS node in memory with switches for failures, and the contract that all backends keep. */
@NullMarked
package io.pinfold.ipfs.testing;

import org.jspecify.annotations.NullMarked;
