/**
 * Bitswap's messages: values, their bytes in each version of the protocol, and frames on a stream.
 *
 * <p>Sent and read are versions 1.2.0, 1.1.0 and 1.0.0 of the Bitswap specification; {@code /ipfs/bitswap} without a number,
 * which Kubo still answers, is not in it and not spoken.
 */
@NullMarked
package io.pinfold.ipfsnode.bitswap.wire;

import org.jspecify.annotations.NullMarked;
