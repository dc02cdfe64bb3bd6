/** Tests of multiplexing. */
@NullMarked
package io.pinfold.libp2p.yamux;

import org.jspecify.annotations.NullMarked;
