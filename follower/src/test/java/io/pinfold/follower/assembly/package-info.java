/** Tests of {@link io.pinfold.follower.assembly}. */
@NullMarked
package io.pinfold.follower.assembly;

import org.jspecify.annotations.NullMarked;
