/**
 * Templates: what somebody needs to join a cluster, in one small JSON file that can lie anywhere.
 *
 * <p>A template is not trusted. It carries the genesis, whose CID is the cluster's id, addresses to begin with, and
 * suggestions for a closed list of settings; the format is told in docs/protocol/template.md.
 *
 * <p>Differs from ipfs-cluster: it is no configuration, holds no secret, is fetched once and not at every start, within
 * bounds of size and time, never over plain HTTP, and no later one can change the cluster.
 */
@NullMarked
package io.pinfold.templates;

import org.jspecify.annotations.NullMarked;
