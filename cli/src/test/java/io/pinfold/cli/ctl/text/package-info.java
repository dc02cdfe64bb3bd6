/** Tests of {@link io.pinfold.cli.ctl.text}. */
@NullMarked
package io.pinfold.cli.ctl.text;

import org.jspecify.annotations.NullMarked;
