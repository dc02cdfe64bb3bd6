/** Types of configuration values: how each is written, what is allowed, and what of it may be shown. */
@NullMarked
package io.pinfold.follower.config.value;

import org.jspecify.annotations.NullMarked;
