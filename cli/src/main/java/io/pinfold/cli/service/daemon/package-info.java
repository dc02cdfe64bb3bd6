/** Running a peer until it is told to stop. */
@NullMarked
package io.pinfold.cli.service.daemon;

import org.jspecify.annotations.NullMarked;
