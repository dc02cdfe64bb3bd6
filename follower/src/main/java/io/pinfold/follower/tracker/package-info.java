/**
 * The pin tracker: brings the backend to hold what the pinset wants of this peer, and tells how far it is.
 *
 * <p>It is level-triggered: what is to be done follows from the pinset and the backend, and only operations in flight
 * and removals that wait are remembered, the latter durably. {@code docs/tracker.md} explains it. Where it differs from
 * ipfs-cluster's stateless tracker: no removal runs without a durable record, our mark and the guard's leave; failed
 * work is retried by itself with back-off; nothing asks the backend where memory knows.
 */
@NullMarked
package io.pinfold.follower.tracker;

import org.jspecify.annotations.NullMarked;
