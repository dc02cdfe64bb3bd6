/** Tests of the host on TCP. */
@NullMarked
package io.pinfold.libp2p.host;

import org.jspecify.annotations.NullMarked;
