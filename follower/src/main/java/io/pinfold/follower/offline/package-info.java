/**
 * Work on a peer's folder while no peer runs on it: what {@code cluster-service state} does.
 *
 * <p>The caller holds the folder's lock. Differs from ipfs-cluster: an import goes through the intake as signed operations and
 * adds to the pinset, where ipfs-cluster wipes the local state and starts a graph of its own.
 */
@NullMarked
package io.pinfold.follower.offline;

import org.jspecify.annotations.NullMarked;
