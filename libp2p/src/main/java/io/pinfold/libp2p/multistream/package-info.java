/**
 * multistream-select 1.0: how two sides agree on the protocol of a link or stream.
 *
 * <p>Specification: libp2p's {@code connections/README.md}. What differs: lines are bounded at 1 KiB instead of 64 KiB,
 * proposals for one negotiation at 16, and {@code ls} is answered {@code na}.
 */
@NullMarked
package io.pinfold.libp2p.multistream;

import org.jspecify.annotations.NullMarked;
