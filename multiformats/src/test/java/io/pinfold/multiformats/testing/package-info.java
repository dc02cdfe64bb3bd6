/** Fixtures for the tests of other modules: values that are the same in every run. */
@NullMarked
package io.pinfold.multiformats.testing;

import org.jspecify.annotations.NullMarked;
