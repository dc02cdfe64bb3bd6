/**
 * Hosts of one JVM that reach each other without sockets or cryptography, for tests of what is built on a host.
 *
 * <p>Connections, streams, events and refusals are those of the real host; bytes pass through bounded pipes.
 */
@NullMarked
package io.pinfold.libp2p.sim;

import org.jspecify.annotations.NullMarked;
