/** Ping: an echo of 32 bytes that measures the round trip to a peer. Specification: libp2p's {@code ping/ping.md}. */
@NullMarked
package io.pinfold.libp2p.ping;

import org.jspecify.annotations.NullMarked;
