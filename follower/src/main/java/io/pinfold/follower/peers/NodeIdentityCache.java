package io.pinfold.follower.peers;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.IpfsNode.NodeIdentity;
import io.pinfold.libp2p.limit.ForwardClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who our IPFS node is, asked at most every {@link #LIFETIME}.
 *
 * <p>A node that does not answer keeps the identity that it had: its id outlives a restart.
 */
public final class NodeIdentityCache {

    /** How old an answer may be, failures too. */
    public static final Duration LIFETIME = Duration.ofSeconds(15);

    private final IpfsNode node;
    private final InstantSource clock;
    private final ReentrantLock state = new ReentrantLock();
    private Instant due = Instant.MIN;
    private @Nullable NodeIdentity known;
    private String error = "it was not asked yet";

    /** A cache in front of {@code node}. */
    public NodeIdentityCache(IpfsNode node, InstantSource clock) {
        this.node = node;
        this.clock = ForwardClock.of(clock);
    }

    /**
     * What is known of the node.
     *
     * @param identity its newest, if it ever answered
     * @param error empty, or why it did not answer the last time
     */
    public record State(Optional<NodeIdentity> identity, String error) {}

    /** The state, asked for anew if it is old; while one caller asks, others get the old one. */
    public State get() {
        if (claim()) {
            learn(node.identity());
        }
        state.lock();
        try {
            return new State(Optional.ofNullable(known), error);
        } finally {
            state.unlock();
        }
    }

    private boolean claim() {
        state.lock();
        try {
            Instant now = clock.instant();
            boolean old = !now.isBefore(due);
            if (old) {
                due = now.plus(LIFETIME);
            }
            return old;
        } finally {
            state.unlock();
        }
    }

    private void learn(Answer<NodeIdentity> answer) {
        state.lock();
        try {
            switch (answer) {
                case Answer.Got<NodeIdentity>(NodeIdentity identity) -> {
                    known = identity;
                    error = "";
                }
                case Answer.Failed<NodeIdentity>(var failure) -> error = failure.detail();
            }
        } finally {
            state.unlock();
        }
    }
}
