/** Tests of what a gateway puts into archives. */
@NullMarked
package io.pinfold.ipfsnode.gateway;

import org.jspecify.annotations.NullMarked;
