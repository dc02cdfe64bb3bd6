package io.pinfold.libp2p.pubsub.gossip;

/** Counts what happens to messages and frames; called from many threads, must not block. */
@FunctionalInterface
public interface PubSubMetrics {

    /** Counts one {@code event}. */
    void count(Event event);

    /** What can happen to a message or a frame. */
    enum Event {
        /** Delivered and forwarded. */
        ACCEPTED,
        /** Seen before. */
        DUPLICATE,
        /** The application ignored it. */
        IGNORED,
        /** The signature, the shape or the application's verdict was bad. */
        REJECTED,
        /** A frame that is not one. */
        MALFORMED,
        /** A frame of a peer that has misbehaved too much to be listened to. */
        GRAYLISTED,
        /** A frame that was not sent because the peer is slow. */
        OUTBOUND_DROPPED
    }
}
