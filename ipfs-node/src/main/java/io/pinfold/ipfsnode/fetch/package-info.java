/**
 * Bringing content here: the walk that fetches a graph, and the sources of blocks and providers beside Bitswap.
 *
 * <p>Nothing that comes from a source is believed before its hash was compared.
 */
@NullMarked
package io.pinfold.ipfsnode.fetch;

import org.jspecify.annotations.NullMarked;
