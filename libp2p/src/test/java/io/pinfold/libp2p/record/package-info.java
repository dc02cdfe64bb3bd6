/** Tests of signed records. */
@NullMarked
package io.pinfold.libp2p.record;

import org.jspecify.annotations.NullMarked;
