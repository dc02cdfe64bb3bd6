/**
 * What people and programs are told about an item.
 *
 * <p>Where this differs from ipfs-cluster: an item whose operation does not match a filter is never looked at a second
 * time as if it had none; a filter is written with exactly the names it has; an item that was not compared with the
 * backend yet is {@code pin_queued}, since comparing is what it waits for.
 */
@NullMarked
package io.pinfold.follower.tracker.status;

import org.jspecify.annotations.NullMarked;
