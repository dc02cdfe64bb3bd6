/**
 * UnixFS: the message in the data field of a DAG-PB node that makes it a file, a folder, a part of one, or a symbolic link.
 *
 * <p>The message alone: how nodes make up files and folders is not known here.
 */
@NullMarked
package io.pinfold.multiformats.unixfs;

import org.jspecify.annotations.NullMarked;
