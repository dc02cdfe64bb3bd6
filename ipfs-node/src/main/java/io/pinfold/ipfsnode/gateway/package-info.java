/**
 * What a trustless gateway puts into an archive: the blocks of a path, and of what is behind it as much as was asked for.
 *
 * <p>Differs from Kubo's: a root that is not here is a failure and not an empty archive, as the specification has it since
 * 2026; paths lead through UnixFS only.
 */
@NullMarked
package io.pinfold.ipfsnode.gateway;

import org.jspecify.annotations.NullMarked;
