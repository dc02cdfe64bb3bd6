/**
 * {@code cluster-service}: makes a peer's folder, runs the peer, and tells what is in the folder.
 *
 * <p>Differs from ipfs-cluster-service: a template is fetched once, at {@code init}, and bound to the cluster's id; exit codes tell
 * configuration, folder, port and cluster apart; there is one way of consensus and one datastore, so no flags for them.
 */
@NullMarked
package io.pinfold.cli.service;

import org.jspecify.annotations.NullMarked;
