/** Tests of Bitswap's client part. */
@NullMarked
package io.pinfold.ipfsnode.bitswap.client;

import org.jspecify.annotations.NullMarked;
