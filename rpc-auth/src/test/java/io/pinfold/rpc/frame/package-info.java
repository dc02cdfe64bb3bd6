/** Tests of the frames of the peer RPC. */
@NullMarked
package io.pinfold.rpc.frame;

import org.jspecify.annotations.NullMarked;
