package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What a session with gateways waits for, what came, and whom to ask for what: under one lock, without I/O.
 *
 * <p>Each gateway is asked for a block in turn; once none had it, all are asked again after a pause. A gateway that does not
 * answer is left alone for as long.
 */
final class GatewayWishes {

    private final ReentrantLock lock = new ReentrantLock();
    /** There may be something to ask for. */
    private final Condition work = lock.newCondition();
    /** Something is ready. */
    private final Condition news = lock.newCondition();
    /** A block with links is wished for. */
    private final Condition nodes = lock.newCondition();
    /** What a stream brings may have room. */
    private final Condition room = lock.newCondition();

    private final GatewayConfig config;
    private final Map<Multihash, GatewayWish> open = new LinkedHashMap<>();
    private final ArrayDeque<Block> ready = new ArrayDeque<>();
    private final EarlyBlocks early;
    private final GatewayRests rests;
    private long readyBytes;
    /** When those who look for something to ask for look again by themselves. */
    private long nextLook;
    private StreamTally stream = StreamTally.NONE;
    private boolean streaming;
    private boolean streamAwaited;
    /** Where a stream begins that was awaited. */
    private Optional<Cid> begun = Optional.empty();
    private boolean closed;

    /** A block to ask a gateway for. */
    record Task(Cid cid, int gateway) {}

    GatewayWishes(int gateways, GatewayConfig config) {
        this.config = config;
        early = new EarlyBlocks(config.earlyBytes());
        nextLook = System.nanoTime();
        rests = new GatewayRests(gateways, nextLook);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    void add(Collection<Cid> cids) {
        locked(() -> {
            long now = System.nanoTime();
            List<GatewayWish> fresh = new ArrayList<>();
            for (Cid cid : cids) {
                Optional<Bytes> there = early.take(cid.hash());
                if (there.isPresent()) {
                    stream = stream.caughtUp();
                    give(new Block(cid, there.get()));
                } else {
                    fresh.add(open.computeIfAbsent(cid.hash(),
                            _ -> new GatewayWish(cid, now, config.headStart().toNanos())));
                }
            }
            if (streamAwaited && begun.isEmpty()) {
                begun = beginStream(); // before single blocks are asked for
                nodes.signal();
            }
            room.signal();
            if (fresh.stream()
                    .anyMatch(wish -> !wish.isAsked() && now + wish.wait(now, streaming) - nextLook < 0)) {
                work.signalAll();
            }
        });
    }

    void remove(Collection<Cid> cids) {
        locked(() -> cids.forEach(cid -> open.remove(cid.hash())));
    }

    /** Begins a stream, in place of the one before, at the oldest wish for a block with links, if there is one. */
    Optional<Cid> beginStream() {
        return locked(() -> {
            Optional<Cid> from = open.values()
                    .stream()
                    .filter(wish -> !wish.isAsked() && wish.cid().codec() != Multicodec.RAW)
                    .map(GatewayWish::cid)
                    .findFirst();
            if (from.isPresent()) {
                streaming = true;
                stream = StreamTally.NONE;
            }
            return from;
        });
    }

    /** The same, once there is one. */
    Cid awaitStream() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            streamAwaited = true;
            begun = beginStream();
            while (begun.isEmpty()) {
                endStream();
                nodes.await();
            }
            return begun.get();
        } finally {
            begun = Optional.empty();
            streamAwaited = false;
            lock.unlock();
        }
    }

    /** There is no stream any more. */
    void endStream() {
        locked(() -> {
            if (streaming) {
                streaming = false;
                work.signalAll();
            }
        });
    }

    /** What came by the stream, or by the latest. */
    StreamTally stream() {
        return locked(() -> stream);
    }

    /** Waits for something to ask for. */
    Task take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                long soonest = rests.soonest(now, config.pause().toNanos());
                for (GatewayWish wish : readyBytes < config.readyBytes() ? open.values() : List.<GatewayWish>of()) {
                    long wait = wish.wait(now, streaming);
                    int gateway = wish.isAsked() || wait > 0 ? -1 : rests.firstFor(wish, now);
                    if (gateway >= 0) {
                        wish.setAsked(true);
                        return new Task(wish.cid(), gateway);
                    }
                    soonest = !wish.isAsked() && wait > 0 ? Math.min(soonest, wait) : soonest;
                }
                nextLook = now + soonest;
                boolean _ = work.await(soonest, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The gateway gave the block. */
    void came(Task task, Block block) {
        locked(() -> {
            if (open.remove(task.cid().hash()) != null) {
                give(block);
            }
        });
    }

    /** The gateway has not got the block, or gives something else. */
    void lacks(Task task) {
        locked(() -> {
            GatewayWish wish = open.get(task.cid().hash());
            if (wish != null) {
                wish.setAsked(false);
                wish.lackedBy(task.gateway(), rests.gateways(), System.nanoTime() + config.pause().toNanos());
                work.signalAll();
            }
        });
    }

    /** The gateway does not answer. */
    void broken(Task task) {
        locked(() -> {
            rests.rest(task.gateway(), System.nanoTime() + config.pause().toNanos());
            GatewayWish wish = open.get(task.cid().hash());
            if (wish != null) {
                wish.setAsked(false);
            }
            work.signalAll();
        });
    }

    /**
     * A block came by the stream, which may be ahead of the wishes; gives false when nobody wants more. Waits while too much is
     * ready, and a little for wishes to catch up.
     */
    boolean streamed(Block block) {
        lock.lock();
        try {
            while (!closed && readyBytes >= config.readyBytes()) {
                room.await();
            }
            long left = config.catchUp().toNanos();
            while (!closed && left > 0 && !isWelcome(block)) {
                left = room.awaitNanos(left);
            }
            return takeIn(block) && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWelcome(Block block) {
        return open.containsKey(block.cid().hash()) || early.hasRoomFor(block);
    }

    private boolean takeIn(Block block) {
        GatewayWish wish = open.remove(block.cid().hash());
        boolean welcome = wish != null || early.hasRoomFor(block);
        if (wish != null) {
            give(new Block(wish.cid(), block.data()));
        } else if (welcome) {
            early.hold(block);
        } else {
            early.clear(); // nobody wished for any of it in all that time
        }
        stream = wish != null ? stream.plusWished() : stream.plusUnwished(!welcome);
        return welcome;
    }

    private void give(Block block) {
        ready.add(block);
        readyBytes += block.data().size();
        news.signal();
    }

    Optional<Block> next(Duration timeout) {
        return locked(() -> {
            long left = timeout.toNanos();
            try {
                while (ready.isEmpty() && !closed && left > 0) {
                    left = news.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.ofNullable(ready.poll()).map(this::taken);
        });
    }

    private Block taken(Block block) {
        boolean wasFull = readyBytes >= config.readyBytes();
        readyBytes -= block.data().size();
        if (wasFull && readyBytes < config.readyBytes()) {
            room.signal();
            work.signalAll();
        }
        return block;
    }

    void close() {
        locked(() -> {
            closed = true;
            open.clear();
            early.clear();
            ready.clear();
            news.signalAll();
            room.signalAll();
        });
    }
}
