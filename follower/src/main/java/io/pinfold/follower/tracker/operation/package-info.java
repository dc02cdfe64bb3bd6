/**
 * Operations in flight: what is queued, running, or waits for another try, and which is next.
 *
 * <p>Other than in ipfs-cluster, a retried operation never has all the slots, and nothing starts on a CID before a
 * cancelled operation on it has ended.
 */
@NullMarked
package io.pinfold.follower.tracker.operation;

import org.jspecify.annotations.NullMarked;
