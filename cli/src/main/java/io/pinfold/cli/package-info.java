/**
 * The programs {@code cluster-ctl}, {@code cluster-service} and {@code cluster-follow}.
 *
 * <p>Nothing here ends the process but the three {@code main} methods: commands hold what was typed, act through what they are
 * given, and return an exit code.
 */
@NullMarked
package io.pinfold.cli;

import org.jspecify.annotations.NullMarked;
