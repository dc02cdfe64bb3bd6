/** The folder that a peer keeps its files in, and its lock. */
@NullMarked
package io.pinfold.follower.config.folder;

import org.jspecify.annotations.NullMarked;
