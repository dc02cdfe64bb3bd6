/**
 * Removals from the backend: what is to be removed, remembered across crashes, and the guard that says when it may be.
 *
 * <p>ipfs-cluster has no counterpart: there an unpin runs at once, and one that has not run yet is forgotten at a restart.
 */
@NullMarked
package io.pinfold.follower.removal;

import org.jspecify.annotations.NullMarked;
