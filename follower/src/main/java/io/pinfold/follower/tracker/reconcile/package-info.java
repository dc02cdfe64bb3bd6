/**
 * Comparing the pinset with what the backend holds, in bounded memory.
 *
 * <p>ipfs-cluster reads the backend's whole list into a map for every status and every recovery, and misses direct pins.
 * Here the list is sorted outside of memory, once an interval; what it does not prove, is not concluded.
 */
@NullMarked
package io.pinfold.follower.tracker.reconcile;

import org.jspecify.annotations.NullMarked;
