/** Runs of the programs at build time, from which the ahead-of-time caches learn what to hold. */
@NullMarked
package io.pinfold.cli.training;

import org.jspecify.annotations.NullMarked;
