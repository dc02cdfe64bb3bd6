/** Tests of {@link io.pinfold.follower.offline}. */
@NullMarked
package io.pinfold.follower.offline;

import org.jspecify.annotations.NullMarked;
