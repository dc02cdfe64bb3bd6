/**
 * The backend for Kubo daemons over their HTTP RPC.
 *
 * <p>Where we differ from ipfs-cluster's connector: the trailer {@code X-Stream-Error} decides whether a streamed answer was
 * whole, a root that is pinned is never added again (Kubo drops the old pin first), {@code pin/update} is not used (it takes
 * the old pin's name over and tells no progress), only pins with our mark in their name are removed, and a listing whose
 * answer cannot carry the trailer is never complete.
 */
@NullMarked
package io.pinfold.ipfs.kubo;

import org.jspecify.annotations.NullMarked;
