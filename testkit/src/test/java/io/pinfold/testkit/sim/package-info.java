/** Tests of virtual time and the simulated network. */
@NullMarked
package io.pinfold.testkit.sim;

import org.jspecify.annotations.NullMarked;
