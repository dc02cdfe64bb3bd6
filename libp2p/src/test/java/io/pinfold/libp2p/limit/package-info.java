/** Tests of shared bounds. */
@NullMarked
package io.pinfold.libp2p.limit;

import org.jspecify.annotations.NullMarked;
