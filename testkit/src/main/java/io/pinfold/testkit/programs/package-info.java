/**
 * The built programs as real processes: the distribution under {@code cli/target/pinfold}, a peer as its owner runs it, and its
 * REST API as a client sees it.
 */
@NullMarked
package io.pinfold.testkit.programs;

import org.jspecify.annotations.NullMarked;
