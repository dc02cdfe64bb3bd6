/** Tests of the programs. */
@NullMarked
package io.pinfold.cli;

import org.jspecify.annotations.NullMarked;
