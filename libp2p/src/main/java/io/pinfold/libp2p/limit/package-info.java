/** Bounds that several parts of the host share: deadlines, rates, memory. */
@NullMarked
package io.pinfold.libp2p.limit;

import org.jspecify.annotations.NullMarked;
