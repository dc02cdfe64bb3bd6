/**
 * The durable stores behind the ports of {@link io.pinfold.chain}.
 *
 * <p>{@code blocks} and {@code intake} keep their records in a {@code segment} log, {@code pins} keeps the pinset in
 * MapDB files that are never changed; all of them write through {@code file}. Formats: {@code docs/storage.md}.
 */
@NullMarked
package io.pinfold.chain.store;

import org.jspecify.annotations.NullMarked;
