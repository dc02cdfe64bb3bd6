/**
 * A running peer as its interfaces see it: the ports that the REST API and the programs are written against, and the
 * plain records they exchange. Nothing here knows HTTP, JSON, the chain's encoding or a backend.
 *
 * <p>Names and meanings are ipfs-cluster's, so that its clients can be served. Where Pinfold differs: a global status
 * never has {@code cluster_error} for a peer that merely does not answer to us, and what a peer knows of the chain
 * ({@link io.pinfold.follower.view.SyncStatus}) has no counterpart there.
 */
@NullMarked
package io.pinfold.follower.view;

import org.jspecify.annotations.NullMarked;
