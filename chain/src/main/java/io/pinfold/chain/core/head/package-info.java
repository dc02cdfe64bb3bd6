/** What the heads of others tell: which to believe, who confirms what, whether the clocks agree, whether all is stale. */
@NullMarked
package io.pinfold.chain.core.head;

import org.jspecify.annotations.NullMarked;
