/**
 * Files as the stores use them: positional, indifferent to interrupts, forced on demand, locked by folder.
 *
 * <p>{@link io.pinfold.chain.store.file.StoreFile} is the seam where tests put a disk that is full or broken.
 */
@NullMarked
package io.pinfold.chain.store.file;

import org.jspecify.annotations.NullMarked;
