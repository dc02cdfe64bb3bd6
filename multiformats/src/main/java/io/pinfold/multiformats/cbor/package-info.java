/**
 * DAG-CBOR: the data model, a codec that accepts nothing but canonical encodings, and typed access to maps.
 *
 * <p>Narrower than the specification in one point: integers are those of 64 bits with sign, -2^63 to 2^63 - 1.
 */
@NullMarked
package io.pinfold.multiformats.cbor;

import org.jspecify.annotations.NullMarked;
