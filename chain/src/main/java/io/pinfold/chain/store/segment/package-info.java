/**
 * Append-only logs of records in segment files, with checksums, group commit and an account of every damaged byte.
 *
 * <p>The format is described byte by byte in {@code docs/storage.md}. A log knows nothing of what its records mean.
 */
@NullMarked
package io.pinfold.chain.store.segment;

import org.jspecify.annotations.NullMarked;
