/** Tests of the tracker's parts. */
@NullMarked
package io.pinfold.follower.tracker.engine;

import org.jspecify.annotations.NullMarked;
