/** Tests of the configuration folder. */
@NullMarked
package io.pinfold.follower.config.folder;

import org.jspecify.annotations.NullMarked;
