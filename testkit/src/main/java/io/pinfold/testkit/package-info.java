/**
 * What tests of every module share: real processes (Kubo, js-libp2p, child JVMs) that end with the test, a clock that is
 * cranked by hand, seeded randomness. It knows no type of the other modules; typed fixtures are each module's own.
 */
@NullMarked
package io.pinfold.testkit;

import org.jspecify.annotations.NullMarked;
