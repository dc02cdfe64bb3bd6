/** What several parts of the host share: deadlines, a clock for what is due, rates and memory as bounds, and waiting for threads to end. */
@NullMarked
package io.pinfold.libp2p.limit;

import org.jspecify.annotations.NullMarked;
