/** Tests of the peer RPC. */
@NullMarked
package io.pinfold.rpc;

import org.jspecify.annotations.NullMarked;
