/** What makes a block valid, what it does to the pinset, and which branch is the best. Pure. */
@NullMarked
package io.pinfold.chain.core.verify;

import org.jspecify.annotations.NullMarked;
