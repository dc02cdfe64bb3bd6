/** Tests of the walk that fetches graphs and of the sources beside Bitswap. */
@NullMarked
package io.pinfold.ipfsnode.fetch;

import org.jspecify.annotations.NullMarked;
