/** Tests of the calling side of the peer RPC. */
@NullMarked
package io.pinfold.rpc.client;

import org.jspecify.annotations.NullMarked;
