/**
 * {@code cluster-service ipfs}: what an operator does with the content of the IPFS node within the peer.
 *
 * <p>Every command is a client of the small part of Kubo's RPC that the node speaks, and so works against a Kubo too. Differs from the
 * program {@code ipfs}: {@code get} never mixes what it fetches with what is there, and a file that did not come wholly has no name.
 */
@NullMarked
package io.pinfold.cli.service.ipfs;

import org.jspecify.annotations.NullMarked;
