/**
 * Signed envelopes and the peer records in them, by which a peer vouches for its own addresses.
 *
 * <p>Specifications: libp2p's RFC 0002 and RFC 0003, with the domain and the payload type that implementations use:
 * {@code libp2p-peer-record} and 0x0301.
 */
@NullMarked
package io.pinfold.libp2p.record;

import org.jspecify.annotations.NullMarked;
