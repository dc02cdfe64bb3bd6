/** Tests of {@link io.pinfold.follower.monitor}. */
@NullMarked
package io.pinfold.follower.monitor;

import org.jspecify.annotations.NullMarked;
