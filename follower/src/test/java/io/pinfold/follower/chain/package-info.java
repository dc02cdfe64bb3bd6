/** Tests of {@link io.pinfold.follower.chain}. */
@NullMarked
package io.pinfold.follower.chain;

import org.jspecify.annotations.NullMarked;
