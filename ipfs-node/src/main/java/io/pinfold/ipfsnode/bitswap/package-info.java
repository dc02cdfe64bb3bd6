/**
 * Bitswap: blocks from and for other peers, by the Bitswap specification of IPFS.
 *
 * <p>{@link io.pinfold.ipfsnode.bitswap.Bitswap} puts the parts together: messages ({@code wire}), what is asked of others
 * ({@code client}) and what others ask of us ({@code server}). The strategy of the client is in decision 0092, formats and
 * limits are in {@code docs/protocol/bitswap.md}.
 */
@NullMarked
package io.pinfold.ipfsnode.bitswap;

import org.jspecify.annotations.NullMarked;
