package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.wire.Counters;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.Outlet;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends peers what they are to be told, the wants of all sessions together, on a virtual thread for each peer while there
 * is something to send.
 *
 * <p>A message goes at once, except to a peer that has plenty to do for us already: for it a few wants more are waited for,
 * for {@link #COALESCE_NANOS} at most.
 */
final class WantSender {

    private static final Logger LOG = LoggerFactory.getLogger(WantSender.class);

    /** The greatest number of wants in a message. */
    static final int MAX_BATCH = 512;
    /** So many wants are worth a message of their own. */
    static final int WORTH_SENDING = 16;
    /** A peer that owes so many blocks does not run dry while a few wants are gathered. */
    static final int BUSY = 32;
    /** How long wants are gathered for a busy peer. */
    static final long COALESCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Failures to send, one after the other, that a peer may have. */
    static final int MAX_FAILURES = 2;
    /** For a peer to take what we send, which is little. */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

    private record Batch(List<Want> wants, boolean all) {}

    private final Host host;
    private final Dispatcher dispatcher;
    private final Counters counters;
    private final ExecutorService tasks;
    private final Condition worthSending;
    private final Map<ClientPeer, Outlet> outlets = new ConcurrentHashMap<>();

    WantSender(Host host, Dispatcher dispatcher, Counters counters, ExecutorService tasks) {
        this.host = host;
        this.dispatcher = dispatcher;
        this.counters = counters;
        this.tasks = tasks;
        worthSending = dispatcher.board().newCondition();
    }

    /** Sees to it that a thread sends what {@code peer} is to be told; under the board's lock. */
    void send(ClientPeer peer) {
        if (peer.isSending()) {
            if (peer.newsCount() >= WORTH_SENDING) {
                worthSending.signalAll();
            }
            return;
        }
        try {
            peer.setSending(true);
            tasks.execute(() -> run(peer));
        } catch (RejectedExecutionException e) {
            LOG.debug("No more is sent to {}", peer);
        }
    }

    private void run(ClientPeer peer) {
        Outlet outlet = outlets.computeIfAbsent(peer, _ -> new Outlet(host, peer.id(), WRITE_TIMEOUT, counters));
        for (Batch batch = next(peer); batch != null; batch = next(peer)) {
            try {
                if (host.connections(peer.id()).isEmpty()) {
                    throw new IOException("not connected");
                }
                outlet.send(Message.ofWants(batch.wants(), batch.all()));
                boolean legacy = !outlet.version().hasPresences();
                if (legacy) {
                    dispatcher.board().locked(() -> peer.setLegacy(true));
                }
            } catch (IOException e) {
                LOG.debug("Could not ask {}: {}", peer, e.getMessage());
                dispatcher.board().locked(() -> failed(peer));
            }
        }
    }

    private void failed(ClientPeer peer) {
        if (peer.fail() >= MAX_FAILURES || host.connections(peer.id()).isEmpty()) {
            if (dispatcher.board().peers().get(peer.id()) == peer) {
                dispatcher.disconnected(peer.id());
            }
        } else {
            peer.tellAll();
        }
    }

    private @Nullable Batch next(ClientPeer peer) {
        Batch batch = dispatcher.board().locked(() -> take(peer));
        if (batch == null && !dispatcher.board().locked(peer::isUsable)) {
            Outlet outlet = outlets.remove(peer);
            if (outlet != null) {
                outlet.reset();
            }
        }
        return batch;
    }

    private @Nullable Batch take(ClientPeer peer) {
        long left = COALESCE_NANOS;
        while (peer.newsCount() > 0 && peer.newsCount() < WORTH_SENDING && peer.asked().size() >= BUSY && left > 0) {
            try {
                left = worthSending.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                left = 0;
            }
        }
        if (!peer.hasNews()) {
            peer.setSending(false);
            return null;
        }
        return new Batch(peer.takeNews(MAX_BATCH), peer.takeTellAll());
    }

    /** Forgets {@code peer}'s stream, which ended with its connection. */
    void forget(ClientPeer peer) {
        Outlet outlet = outlets.remove(peer);
        if (outlet != null) {
            outlet.reset();
        }
    }
}
