package io.pinfold.ipfsnode.bitswap.server;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.bitswap.wire.Counters;
import io.pinfold.ipfsnode.bitswap.wire.Counters.Count;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.Outlet;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what other peers want.
 *
 * <p>Each peer gets one message at a time, on a virtual thread that lives while something is due for it; the places for
 * messages are given in the order of asking, so a peer that wants much waits its turn behind one that wants little. A
 * peer that does not read holds one place until its time is over; then its stream is reset and its wants are forgotten.
 */
public final class BlockServer {

    private static final Logger LOG = LoggerFactory.getLogger(BlockServer.class);

    private final Host host;
    private final BlockReader blocks;
    private final BitswapConfig.Server bounds;
    private final Counters counters;
    private final ExecutorService tasks;
    private final WantLists wants;
    private final Ledgers ledgers = new Ledgers();
    private final Semaphore slots;
    private final Map<PeerId, Guest> guests = new ConcurrentHashMap<>();

    /** A peer that is served: its stream, and whether a thread serves it. */
    private record Guest(Outlet outlet, AtomicBoolean busy) {}

    /** A server of {@code blocks} to the peers of {@code host}, on threads of {@code tasks}. */
    public BlockServer(Host host, BlockReader blocks, BitswapConfig.Server bounds, Counters counters,
            ExecutorService tasks) {
        this.host = host;
        this.blocks = blocks;
        this.bounds = bounds;
        this.counters = counters;
        this.tasks = tasks;
        wants = new WantLists(bounds.wantsPerPeer(), bounds.wantsInAll());
        slots = new Semaphore(bounds.slots(), true);
    }

    /** Takes the want-list in a message of {@code peer}. */
    public void received(PeerId peer, Message message) {
        if (message.wants().isEmpty() && !message.full()) {
            return;
        }
        counters.add(Count.WANTS_DROPPED, wants.take(peer, message.wants(), message.full()));
        if (host.connections(peer).isEmpty()) {
            disconnected(peer);
        }
        serve(peer);
    }

    /** These blocks are here now: whoever waits for them gets them. */
    public void arrived(Collection<Multihash> hashes) {
        wants.arrived(hashes).forEach(this::serve);
    }

    /** Forgets {@code peer}, which is not connected any more. */
    public void disconnected(PeerId peer) {
        wants.remove(peer);
        Guest guest = guests.remove(peer);
        if (guest != null) {
            guest.outlet.reset();
        }
    }

    /** What was exchanged with whom. */
    public Ledgers ledgers() {
        return ledgers;
    }

    /** What {@code peer} wants and did not get yet. */
    public List<Want> wantList(PeerId peer) {
        return wants.of(peer);
    }

    private void serve(PeerId peer) {
        if (!wants.hasDue(peer)) {
            return;
        }
        Guest guest = guests.computeIfAbsent(peer,
                _ -> new Guest(new Outlet(host, peer, bounds.writeTimeout(), counters), new AtomicBoolean()));
        if (guest.busy.compareAndSet(false, true)) {
            try {
                tasks.execute(() -> run(peer, guest));
            } catch (RejectedExecutionException e) {
                LOG.debug("Not served any more: {}", peer);
            }
        }
    }

    private void run(PeerId peer, Guest guest) {
        boolean served = true;
        while (served && wants.hasDue(peer)) {
            served = sendNext(peer, guest);
        }
        guest.busy.set(false);
        serve(peer);
    }

    private boolean sendNext(PeerId peer, Guest guest) {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wants.remove(peer);
            return false;
        }
        try {
            Answers answers = Answers.to(peer, wants, blocks, bounds.messageBytes());
            if (!answers.isEmpty()) {
                guest.outlet.send(answers.message());
                answers.sent();
                account(peer, answers);
            }
            return true;
        } catch (IOException e) {
            LOG.debug("Could not answer {}: {}", peer, e.getMessage());
            counters.add(Count.PEERS_UNREAD);
            wants.remove(peer);
            return false;
        } catch (RuntimeException e) {
            LOG.warn("Could not answer {}", peer, e);
            wants.remove(peer);
            return false;
        } finally {
            slots.release();
        }
    }

    private void account(PeerId peer, Answers answers) {
        if (answers.blockCount() > 0) {
            counters.add(Count.BLOCKS_OUT, answers.blockCount());
            counters.add(Count.BYTES_OUT, answers.blockBytes());
            ledgers.sent(peer, answers.blockCount(), answers.blockBytes());
        }
    }
}
