/** The status of pins at this peer and, for those whom they trust, at others: RPC {@code pin.status}. */
@NullMarked
package io.pinfold.follower.status;

import org.jspecify.annotations.NullMarked;
