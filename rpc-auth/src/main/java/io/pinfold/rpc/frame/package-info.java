/** The frames of a call: what they say, and their bytes; docs/protocol/rpc.md tells them one by one. */
@NullMarked
package io.pinfold.rpc.frame;

import org.jspecify.annotations.NullMarked;
