/** Tests of the host against other implementations. */
@NullMarked
package io.pinfold.libp2p.interop;

import org.jspecify.annotations.NullMarked;
