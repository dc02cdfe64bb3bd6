/**
 * Identify: peers tell each other who they are, what they speak and where they listen.
 *
 * <p>Specification: libp2p's {@code identify/README.md}. What differs: addresses that no signed record vouches for are
 * not kept, since anybody could make us dial a third party by them.
 */
@NullMarked
package io.pinfold.libp2p.identify;

import org.jspecify.annotations.NullMarked;
