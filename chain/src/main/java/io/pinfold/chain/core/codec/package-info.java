/**
 * The encodings of the chain's values in strict DAG-CBOR (protocol page "The chain"). Whatever is accepted encodes to
 * the same bytes again.
 */
@NullMarked
package io.pinfold.chain.core.codec;

import org.jspecify.annotations.NullMarked;
