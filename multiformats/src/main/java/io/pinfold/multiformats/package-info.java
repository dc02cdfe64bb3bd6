/** Self-describing values of IPFS and libp2p: identifiers, hashes, bases, addresses and keys. */
@NullMarked
package io.pinfold.multiformats;

import org.jspecify.annotations.NullMarked;
