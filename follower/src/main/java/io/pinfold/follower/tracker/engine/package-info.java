/** What makes the tracker go: its one lock, its jobs, its workers and their wake-ups. */
@NullMarked
package io.pinfold.follower.tracker.engine;

import org.jspecify.annotations.NullMarked;
