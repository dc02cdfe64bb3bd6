/** Tests of the configuration. */
@NullMarked
package io.pinfold.follower.config;

import org.jspecify.annotations.NullMarked;
