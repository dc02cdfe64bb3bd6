/** Tests of statuses over RPC. */
@NullMarked
package io.pinfold.follower.status;

import org.jspecify.annotations.NullMarked;
