/** Fixtures of the embedded node for its own tests and those of other modules. */
@NullMarked
package io.pinfold.ipfsnode.testing;

import org.jspecify.annotations.NullMarked;
