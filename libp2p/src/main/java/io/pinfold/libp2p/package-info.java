/**
 * A libp2p host: authenticated, multiplexed streams between peers, and publish-subscribe over them.
 *
 * <p>This package holds the small public face; it knows bytes and peers, never pins. Implementations live in sub-packages.
 */
@NullMarked
package io.pinfold.libp2p;

import org.jspecify.annotations.NullMarked;
