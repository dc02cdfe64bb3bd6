/** Time and a network that a test cranks by itself: everything in them happens on the test's thread, in one order. */
@NullMarked
package io.pinfold.testkit.sim;

import org.jspecify.annotations.NullMarked;
