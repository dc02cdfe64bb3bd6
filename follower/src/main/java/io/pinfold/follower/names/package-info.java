/** Records of IPNS names between peers of a cluster, over their own calls. */
@NullMarked
package io.pinfold.follower.names;

import org.jspecify.annotations.NullMarked;
