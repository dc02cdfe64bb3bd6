/**
 * IPNS: names that are keys, and the signed records that say what each stands for.
 *
 * <p>No record is believed for where it came from. Differs from the specification in three points: records are written
 * without the deprecated V1 fields; a record with a field given twice, or with numbers above 2^63 - 1, is refused; V1 fields
 * are compared one by one where they are present, also when the V1 signature is not.
 */
@NullMarked
package io.pinfold.ipfsnode.ipns;

import org.jspecify.annotations.NullMarked;
