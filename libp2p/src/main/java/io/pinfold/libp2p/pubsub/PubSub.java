package io.pinfold.libp2p.pubsub;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.util.Set;

/** Publish-subscribe among the peers of a host. */
public interface PubSub extends AutoCloseable {

    /**
     * Subscribes to {@code topic}; a topic is joined once at a time.
     *
     * @param id names a message, so that copies of it are known as one
     * @param validator judges every message of another peer before it is delivered or forwarded
     * @param receiver gets accepted messages, our own not among them, in the order of acceptance
     */
    Topic join(String topic, MessageIdFunction id, Validator validator, Receiver receiver);

    /** Leaves every topic and returns when the work has ended. */
    @Override
    void close();

    /** A topic that this peer is subscribed to. */
    interface Topic extends AutoCloseable {

        /** Its name. */
        String name();

        /** Sends {@code data}, signed by this host, to the topic. */
        PublishResult publish(Bytes data);

        /** The connected peers known to be subscribed. */
        Set<PeerId> peers();

        /** Leaves the topic. */
        @Override
        void close();
    }

    /** What became of a message to be published. */
    enum PublishResult {
        /** Handed to at least one peer's queue. */
        SENT,
        /** No subscribed peer is connected; the message stays in the cache for those who come within the history. */
        NO_PEERS,
        /** A message with this identifier was seen already. */
        DUPLICATE,
        /** Larger than a frame may be. */
        TOO_LARGE,
        /** The topic or the host is closed. */
        CLOSED
    }

    /** Names a message by topic and data; equal names are copies. */
    @FunctionalInterface
    interface MessageIdFunction {
        /** The identifier of {@code message}. */
        Bytes id(Message message);
    }

    /** Judges a message; runs on a thread of the sender's, and must not block for long. */
    @FunctionalInterface
    interface Validator {
        /** The verdict on {@code message}. */
        Verdict validate(Message message);
    }

    /** Gets accepted messages, one at a time for a topic. */
    @FunctionalInterface
    interface Receiver {
        /** Takes {@code message}. */
        void receive(Message message);
    }

    /** What to do with a message. */
    enum Verdict {
        /** Deliver and forward. */
        ACCEPT,
        /** Neither deliver nor forward; nobody is to blame. */
        IGNORE,
        /** Neither deliver nor forward; who sent it is penalised. */
        REJECT
    }
}
