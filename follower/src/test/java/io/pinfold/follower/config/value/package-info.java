/** Tests of the configuration values. */
@NullMarked
package io.pinfold.follower.config.value;

import org.jspecify.annotations.NullMarked;
