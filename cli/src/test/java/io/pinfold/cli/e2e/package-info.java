/** The programs as users run them: the built launchers as processes, with real IPFS nodes, real sockets and real faults. */
@NullMarked
package io.pinfold.cli.e2e;

import org.jspecify.annotations.NullMarked;
