/** Tests of the node as a whole. */
@NullMarked
package io.pinfold.ipfsnode.node;

import org.jspecify.annotations.NullMarked;
