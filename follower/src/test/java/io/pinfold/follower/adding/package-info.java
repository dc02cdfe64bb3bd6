/** Tests of putting files in. */
@NullMarked
package io.pinfold.follower.adding;

import org.jspecify.annotations.NullMarked;
