/** Changes to the pinset as users ask for them: checked, allocated, and turned into operations of the chain. */
@NullMarked
package io.pinfold.follower.pins;

import org.jspecify.annotations.NullMarked;
