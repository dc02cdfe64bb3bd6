/** Keys in libp2p's protobuf form, and the one Ed25519 verifier that the whole program uses. */
@NullMarked
package io.pinfold.multiformats.key;

import org.jspecify.annotations.NullMarked;
