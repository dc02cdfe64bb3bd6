/** Tests of links and walks. */
@NullMarked
package io.pinfold.ipfsnode.dag;

import org.jspecify.annotations.NullMarked;
