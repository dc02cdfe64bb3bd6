/** Tests of what is known of other peers. */
@NullMarked
package io.pinfold.follower.peers;

import org.jspecify.annotations.NullMarked;
