/** Tests of the tracker's status package. */
@NullMarked
package io.pinfold.follower.tracker.status;

import org.jspecify.annotations.NullMarked;
