/**
 * {@code cluster-follow}: a follower with one command, thin over {@code cluster-service}: one folder for each cluster below
 * {@code ~/.pinfold-follow}.
 *
 * <p>Differs from ipfs-cluster-follow: the template is fetched at {@code init}, not at every start, and binds the folder to its cluster;
 * the API listens on a port of this machine that was free at {@code init}, not on a socket file.
 */
@NullMarked
package io.pinfold.cli.follow;

import org.jspecify.annotations.NullMarked;
