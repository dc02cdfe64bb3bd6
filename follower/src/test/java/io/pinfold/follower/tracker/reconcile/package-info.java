/** Tests of the tracker's reconcile package. */
@NullMarked
package io.pinfold.follower.tracker.reconcile;

import org.jspecify.annotations.NullMarked;
