/** Tests of the tracker's operation package. */
@NullMarked
package io.pinfold.follower.tracker.operation;

import org.jspecify.annotations.NullMarked;
