/**
 * Tables of rows, sorted by key, on RocksDB: the only package that names that library.
 *
 * <p>Changes are made together or not at all, and are there after the process was killed; a loss of power may take back the
 * last seconds, never a part of a change. No cursor stays open between calls, so closing never waits for a reader who
 * sleeps.
 */
@NullMarked
package io.pinfold.ipfsnode.store.database;

import org.jspecify.annotations.NullMarked;
