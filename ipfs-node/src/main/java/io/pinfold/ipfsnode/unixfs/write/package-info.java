/** Makes blocks of files and folders, as Kubo's {@code ipfs add} makes them. */
@NullMarked
package io.pinfold.ipfsnode.unixfs.write;

import org.jspecify.annotations.NullMarked;
