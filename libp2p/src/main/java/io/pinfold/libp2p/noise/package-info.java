/**
 * The secure channel {@code /noise}: Noise_XX_25519_ChaChaPoly_SHA256 with libp2p's payloads.
 *
 * <p>Specifications: the Noise Protocol Framework, revision 34, and libp2p's {@code noise/README.md}, r5. What differs:
 * handshake messages are bounded at 8 KiB; identity keys other than Ed25519 are refused by name.
 */
@NullMarked
package io.pinfold.libp2p.noise;

import org.jspecify.annotations.NullMarked;
