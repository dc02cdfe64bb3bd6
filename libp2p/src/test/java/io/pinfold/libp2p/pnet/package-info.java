/** Tests of private networks. */
@NullMarked
package io.pinfold.libp2p.pnet;

import org.jspecify.annotations.NullMarked;
