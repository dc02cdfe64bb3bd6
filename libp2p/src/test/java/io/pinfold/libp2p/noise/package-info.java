/** Tests of the secure channel. */
@NullMarked
package io.pinfold.libp2p.noise;

import org.jspecify.annotations.NullMarked;
