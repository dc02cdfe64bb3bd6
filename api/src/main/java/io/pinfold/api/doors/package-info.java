/** The doors of the embedded IPFS node: a socket for its owner, Kubo's RPC, the trustless gateway. */
@NullMarked
package io.pinfold.api.doors;

import org.jspecify.annotations.NullMarked;
