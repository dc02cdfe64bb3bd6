/**
 * The composition root: each class here opens the parts of one module, in order, and closes them in the reverse one.
 *
 * <p>{@link io.pinfold.follower.assembly.Peer} puts them together.
 */
@NullMarked
package io.pinfold.follower.assembly;

import org.jspecify.annotations.NullMarked;
