/** Tests of names and their records. */
@NullMarked
package io.pinfold.ipfsnode.ipns;

import org.jspecify.annotations.NullMarked;
