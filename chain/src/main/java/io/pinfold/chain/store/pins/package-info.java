/**
 * The pinset: an immutable base in MapDB, sorted by CID, and what the blocks since have changed, in memory.
 *
 * <p>Keys are the bytes of CIDs and values encoded entries; arrays in this package are never changed once made.
 */
@NullMarked
package io.pinfold.chain.store.pins;

import org.jspecify.annotations.NullMarked;
