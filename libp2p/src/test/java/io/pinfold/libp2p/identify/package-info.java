/** Tests of identify. */
@NullMarked
package io.pinfold.libp2p.identify;

import org.jspecify.annotations.NullMarked;
