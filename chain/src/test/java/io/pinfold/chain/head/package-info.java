/** Tests of heads. */
@NullMarked
package io.pinfold.chain.head;

import org.jspecify.annotations.NullMarked;
