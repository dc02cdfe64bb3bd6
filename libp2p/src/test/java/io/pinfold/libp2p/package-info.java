/** Tests of the module's public types. */
@NullMarked
package io.pinfold.libp2p;

import org.jspecify.annotations.NullMarked;
