/** Tests of Bitswap's wire part. */
@NullMarked
package io.pinfold.ipfsnode.bitswap.wire;

import org.jspecify.annotations.NullMarked;
