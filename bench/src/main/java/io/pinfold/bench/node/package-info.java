/** The embedded IPFS node and Kubo side by side at the same work. */
@NullMarked
package io.pinfold.bench.node;

import org.jspecify.annotations.NullMarked;
