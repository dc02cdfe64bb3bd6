/** Tests of the pin tracker as a whole, on a backend in memory and in made-up time. */
@NullMarked
package io.pinfold.follower.tracker;

import org.jspecify.annotations.NullMarked;
