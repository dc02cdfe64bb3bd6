/** Tests of protocol negotiation. */
@NullMarked
package io.pinfold.libp2p.multistream;

import org.jspecify.annotations.NullMarked;
