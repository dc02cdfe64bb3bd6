/** Links that carry bytes between two hosts, and the steps that make a link an authenticated, multiplexed connection. */
@NullMarked
package io.pinfold.libp2p.transport;

import org.jspecify.annotations.NullMarked;
