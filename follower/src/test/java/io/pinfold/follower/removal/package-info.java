/** Tests of the removal guard and of its log. */
@NullMarked
package io.pinfold.follower.removal;

import org.jspecify.annotations.NullMarked;
