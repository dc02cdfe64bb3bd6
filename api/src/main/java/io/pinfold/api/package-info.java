/**
 * The interfaces of a running peer for programs: today the REST API, compatible with ipfs-cluster's; the Pinning
 * Service API, the IPFS proxy and the dashboard have their place beside it.
 */
@NullMarked
package io.pinfold.api;

import org.jspecify.annotations.NullMarked;
