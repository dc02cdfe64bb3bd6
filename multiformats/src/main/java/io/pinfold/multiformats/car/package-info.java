/**
 * CAR: archives of blocks with their CIDs. Version 1 is written and read as a stream; of version 2 the data is read, in a
 * stream too, and the index behind it passed over.
 *
 * <p>Stricter than go-car in three points: the header is canonical DAG-CBOR, every block's hash is compared, and a section of
 * length zero is refused wherever it stands.
 */
@NullMarked
package io.pinfold.multiformats.car;

import org.jspecify.annotations.NullMarked;
