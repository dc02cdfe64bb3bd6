/** Publish-subscribe: topics, validation by the application, delivery. */
@NullMarked
package io.pinfold.libp2p.pubsub;

import org.jspecify.annotations.NullMarked;
