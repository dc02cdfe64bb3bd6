/** Tests of making pins. */
@NullMarked
package io.pinfold.follower.pins;

import org.jspecify.annotations.NullMarked;
