/** Tests of Bitswap's server part. */
@NullMarked
package io.pinfold.ipfsnode.bitswap.server;

import org.jspecify.annotations.NullMarked;
