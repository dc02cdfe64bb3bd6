/** Tests of files and folders. */
@NullMarked
package io.pinfold.ipfsnode.unixfs;

import org.jspecify.annotations.NullMarked;
