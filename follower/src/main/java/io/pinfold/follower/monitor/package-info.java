/** How this peer is doing: alerts, the state of its chain, and what the tracker may rely on. */
@NullMarked
package io.pinfold.follower.monitor;

import org.jspecify.annotations.NullMarked;
