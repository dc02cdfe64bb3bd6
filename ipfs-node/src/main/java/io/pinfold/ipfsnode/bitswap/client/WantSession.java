package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;

/**
 * A session: what it wants, which peers are good for it, and the blocks that came and were not taken yet.
 *
 * <p>Guarded by the board's lock, which the methods of {@link Exchange.Session} take themselves.
 */
final class WantSession implements Exchange.Session {

    /** What a block is taken to have until some have come, in bytes. */
    private static final int FIRST_SIZE = 256 << 10;
    /** Blocks that may be on their way whatever they have. */
    private static final int LEAST_IN_FLIGHT = 4;
    /** How much the latest block counts in the average size. */
    private static final double LATEST = 1.0 / 16;

    private final Dispatcher dispatcher;
    private final long number;
    private final Cid root;
    private final Consumer<WantSession> whenClosed;
    private final Condition news;
    private final Condition room;
    private final Map<Multihash, Set<Cid>> wanted = new HashMap<>();
    private final ArrayDeque<Wish> queue = new ArrayDeque<>();
    private final Set<Wish> stuck = new LinkedHashSet<>();
    private final Map<ClientPeer, SessionPeer> peers = new LinkedHashMap<>();
    private final ArrayDeque<Block> ready = new ArrayDeque<>();
    private long readyBytes;
    private int inFlight;
    private int probing;
    private boolean filling = true;
    private double averageSize = FIRST_SIZE;
    private long progressAt;
    private long searchedAt;
    private boolean searching;
    private int dialling;
    private boolean closed;

    WantSession(Dispatcher dispatcher, long number, Cid root, long now, Consumer<WantSession> whenClosed) {
        this.dispatcher = dispatcher;
        this.number = number;
        this.root = root;
        this.whenClosed = whenClosed;
        news = dispatcher.board().newCondition();
        room = dispatcher.board().newCondition();
        progressAt = now;
        searchedAt = Long.MIN_VALUE;
    }

    @Override
    public void want(Collection<Cid> cids) {
        dispatcher.board().locked(() -> {
            if (closed) {
                throw new IllegalStateException("the session is closed");
            }
            for (Cid cid : cids) {
                want(cid);
            }
            dispatcher.asking().pump();
        });
    }

    private void want(Cid cid) {
        if (cid.hash().code() == Multicodec.IDENTITY) {
            ready(new Block(cid, cid.hash().digest()));
            return;
        }
        Set<Cid> same = wanted.get(cid.hash());
        if (same == null) {
            if (wanted.size() >= MAX_WANTED) {
                throw new IllegalArgumentException("more than " + MAX_WANTED + " open wishes");
            }
            wanted.put(cid.hash(), Set.of(cid));
            dispatcher.wish(this, cid);
        } else if (!same.contains(cid)) {
            Set<Cid> more = new LinkedHashSet<>(same);
            more.add(cid);
            wanted.put(cid.hash(), more);
        }
    }

    @Override
    public void unwant(Collection<Cid> cids) {
        dispatcher.board().locked(() -> {
            for (Cid cid : cids) {
                if (wanted.remove(cid.hash()) != null) {
                    dispatcher.unwish(this, cid.hash());
                }
            }
            dispatcher.asking().pump();
        });
    }

    @Override
    public Optional<Block> next(Duration timeout) {
        return dispatcher.board().locked(() -> {
            long left = timeout.toNanos();
            try {
                while (ready.isEmpty() && !closed && left > 0) {
                    left = news.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Block block = ready.poll();
            if (block != null) {
                readyBytes -= block.data().size();
                room.signalAll();
                dispatcher.taken(this, block.data().size());
            }
            return Optional.ofNullable(block);
        });
    }

    @Override
    public boolean isAtALoss() {
        return dispatcher.board().locked(() -> {
            boolean allTried = queue.isEmpty() || dispatcher.board().peers().isEmpty()
                    || (stuck.size() >= Asking.UNPROVEN_WISHES && !hasProvenPeer());
            return !wanted.isEmpty() && stuck.size() + queue.size() == wanted.size() && allTried
                    && !searching && dialling == 0;
        });
    }

    /** Hands over what came for {@code hash}, once for each CID that was asked for. */
    void deliver(Multihash hash, Bytes data) {
        Set<Cid> cids = wanted.remove(hash);
        if (cids == null) {
            return;
        }
        averageSize += (data.size() - averageSize) * LATEST;
        for (Cid cid : cids) {
            ready(new Block(cid, data));
        }
    }

    private void ready(Block block) {
        ready.add(block);
        readyBytes += block.data().size();
        dispatcher.asking().held(block.data().size());
        news.signal();
    }

    /** Waits while far more came than was reckoned with, so that whoever reads a stream stops reading it. */
    void awaitRoom(long mostBytes) {
        dispatcher.board().locked(() -> {
            while (readyBytes > mostBytes && !closed) {
                try {
                    room.await(1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    @Override
    public void close() {
        dispatcher.close(this);
        whenClosed.accept(this);
    }

    /** Ends it; what it wanted is told. */
    List<Multihash> end() {
        List<Multihash> open = new ArrayList<>(wanted.keySet());
        closed = true;
        ready.forEach(block -> dispatcher.asking().held(-block.data().size()));
        ready.clear();
        readyBytes = 0;
        wanted.clear();
        queue.clear();
        stuck.clear();
        news.signalAll();
        room.signalAll();
        return open;
    }

    boolean isClosed() {
        return closed;
    }

    /** The number of the session, for telling sessions apart in names. */
    String tag() {
        return "bitswap-" + number;
    }

    /** The hashes that it waits for. */
    Set<Multihash> wanted() {
        return wanted.keySet();
    }

    Cid root() {
        return root;
    }

    boolean wantsNothing() {
        return wanted.isEmpty();
    }

    /** Wishes that wait for a peer with room. */
    ArrayDeque<Wish> queue() {
        return queue;
    }

    /** Wishes that nobody has. */
    Set<Wish> stuck() {
        return stuck;
    }

    /** The peers that have to do with it. */
    Map<ClientPeer, SessionPeer> peers() {
        return peers;
    }

    SessionPeer peer(ClientPeer peer) {
        return peers.computeIfAbsent(peer, SessionPeer::new);
    }

    boolean hasProvenPeer() {
        return peers.values().stream().anyMatch(known -> known.isProven() && known.peer().isUsable());
    }

    long readyBytes() {
        return readyBytes;
    }

    int inFlight() {
        return inFlight;
    }

    void addInFlight(int more) {
        inFlight += more;
    }

    /** How many of its wishes wait for answers of whether somebody has the block. */
    int probing() {
        return probing;
    }

    void addProbing(int more) {
        probing += more;
    }

    /** About how many bytes are on their way to it or wait in it. */
    double expectedBytes() {
        return inFlight * averageSize + readyBytes;
    }

    /** Whether it may have another block on its way; once full, not until a quarter of {@code most} is free. */
    boolean hasRoom(long most) {
        if (inFlight + ready.size() < LEAST_IN_FLIGHT) {
            return true;
        }
        double expected = expectedBytes();
        if (!filling && expected <= most - most / 4.0) {
            filling = true;
        } else if (expected + averageSize > most) {
            filling = false;
        }
        return filling;
    }

    long progressAt() {
        return progressAt;
    }

    void progressed(long now) {
        progressAt = now;
    }

    long searchedAt() {
        return searchedAt;
    }

    boolean isSearching() {
        return searching;
    }

    /** Peers that are likely to have something are being connected to. */
    void addDialling(int more) {
        dialling += more;
    }

    void setSearching(boolean isSearching, long now) {
        searching = isSearching;
        searchedAt = now;
    }
}
