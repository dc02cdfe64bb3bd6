/** Tests of the called side of the peer RPC. */
@NullMarked
package io.pinfold.rpc.server;

import org.jspecify.annotations.NullMarked;
