/** Fixtures for the tests of other modules: chains and operations that are the same in every run. */
@NullMarked
package io.pinfold.chain.testing;

import org.jspecify.annotations.NullMarked;
