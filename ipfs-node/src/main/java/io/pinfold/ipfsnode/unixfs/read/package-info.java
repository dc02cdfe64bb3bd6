/** Reads files and folders from blocks, which strangers may have made. */
@NullMarked
package io.pinfold.ipfsnode.unixfs.read;

import org.jspecify.annotations.NullMarked;
