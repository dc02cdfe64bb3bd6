/** Tests of the Kubo backend, against a server that plays bad daemons and against real ones. */
@NullMarked
package io.pinfold.ipfs.kubo;

import org.jspecify.annotations.NullMarked;
