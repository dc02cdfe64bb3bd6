/**
 * Yamux: many streams on one link, each with flow control.
 *
 * <p>Specification: libp2p's {@code yamux/README.md}. One thread reads frames, one writes them; whoever uses a stream
 * only touches that stream's buffers and the writer's mailbox, so nobody waits on a socket but those two. What differs
 * from other implementations is told in {@code docs/protocol/libp2p.md}.
 */
@NullMarked
package io.pinfold.libp2p.yamux;

import org.jspecify.annotations.NullMarked;
