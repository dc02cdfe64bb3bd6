/**
 * DAG-PB: nodes of named, sized links and data, the blocks of UnixFS files and folders.
 *
 * <p>Differs from the specification in two points: link names may be any bytes, since Kubo writes file names that are no
 * UTF-8 and such folders must stay readable; and sizes above 2^63 - 1 are refused.
 */
@NullMarked
package io.pinfold.multiformats.dagpb;

import org.jspecify.annotations.NullMarked;
