/** Tests of the programs. */
@NullMarked
package io.pinfold.cli.console;

import org.jspecify.annotations.NullMarked;
