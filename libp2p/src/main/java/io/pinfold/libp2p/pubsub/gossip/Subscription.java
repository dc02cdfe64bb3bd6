package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.limit.Threads;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A joined topic at this peer: its rules, and the thread that hands accepted messages to the receiver one by one. */
final class Subscription {

    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    final String topic;
    final PubSub.MessageIdFunction id;
    final PubSub.Validator validator;
    private final PubSub.Receiver receiver;
    private final BlockingQueue<Message> accepted;
    private final Thread thread;

    Subscription(String topic, PubSub.MessageIdFunction id, PubSub.Validator validator, PubSub.Receiver receiver,
            int queue) {
        this.topic = topic;
        this.id = id;
        this.validator = validator;
        this.receiver = receiver;
        this.accepted = new ArrayBlockingQueue<>(queue);
        this.thread = Thread.ofVirtual().name("gossip-deliver-" + topic).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Waits for room; false if interrupted meanwhile. */
    boolean deliver(Message message) {
        try {
            accepted.put(message);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends delivery and returns when the receiver has returned. */
    void stop() {
        accepted.clear();
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            Threads.join(thread);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Message message = accepted.take();
                try {
                    receiver.receive(message);
                } catch (RuntimeException e) {
                    log.error("receiver of topic {} failed on a message from {}", topic, message.author(), e);
                }
            }
        } catch (InterruptedException e) {
            log.debug("topic {} left", topic);
        }
    }
}
