/** Tests of the programs. */
@NullMarked
package io.pinfold.cli.ctl;

import org.jspecify.annotations.NullMarked;
