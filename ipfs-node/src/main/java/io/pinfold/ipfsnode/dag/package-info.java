/**
 * Graphs of blocks: which blocks a block links to, and walking over those that are here.
 *
 * <p>Reading links is more tolerant than our own codecs: DAG-CBOR that is not canonical has links all the same, since
 * whoever pins it wants them kept.
 */
@NullMarked
package io.pinfold.ipfsnode.dag;

import org.jspecify.annotations.NullMarked;
