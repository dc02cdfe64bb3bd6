/** Tests of reading files from blocks. */
@NullMarked
package io.pinfold.ipfs.unixfs;

import org.jspecify.annotations.NullMarked;
