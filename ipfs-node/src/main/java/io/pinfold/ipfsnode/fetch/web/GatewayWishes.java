package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a session with gateways waits for, what came, and whom to ask for what: under one lock, without I/O.
 *
 * <p>Each gateway is asked for a block in turn; once none had it, all are asked again after a pause. A gateway that does not
 * answer is left alone for as long.
 */
final class GatewayWishes {

    /** How long a stream waits for the wishes to catch up before what it brought first is let go. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(2);

    private final int gateways;
    private final GatewayConfig config;
    private final Map<Multihash, Wish> open = new LinkedHashMap<>();
    private final ArrayDeque<Block> ready = new ArrayDeque<>();
    private final LinkedHashMap<Multihash, Block> early = new LinkedHashMap<>();
    private final long[] restsUntil;
    private long readyBytes;
    private long earlyBytes;
    private boolean streaming;
    private boolean closed;

    /** A block that is waited for, which gateways were asked in vain, and from when on it is asked for. */
    private static final class Wish {
        private final Cid cid;
        private final long headStartUntil;
        private final BitSet lacking = new BitSet();
        private long notBefore;
        private boolean asked;

        Wish(Cid cid, long now, long headStart) {
            this.cid = cid;
            this.headStartUntil = now + headStart;
            this.notBefore = now;
        }

        /** The time until it is to be asked for. */
        long wait(long now, boolean streaming) {
            long wait = notBefore - now;
            return streaming ? Math.max(wait, headStartUntil - now) : wait;
        }
    }

    /** A block to ask a gateway for. */
    record Task(Cid cid, int gateway) {}

    GatewayWishes(int gateways, GatewayConfig config) {
        this.gateways = gateways;
        this.config = config;
        restsUntil = new long[gateways];
        Arrays.fill(restsUntil, System.nanoTime());
    }

    synchronized void add(Collection<Cid> cids) {
        long now = System.nanoTime();
        for (Cid cid : cids) {
            Block there = early.remove(cid.hash());
            if (there != null) {
                earlyBytes -= there.data().size();
                give(new Block(cid, there.data()));
            } else {
                open.computeIfAbsent(cid.hash(), _ -> new Wish(cid, now, config.headStart().toNanos()));
            }
        }
        notifyAll();
    }

    synchronized void remove(Collection<Cid> cids) {
        cids.forEach(cid -> open.remove(cid.hash()));
    }

    /** Whether the graph comes as a stream just now. */
    synchronized void streaming(boolean now) {
        streaming = now;
        notifyAll();
    }

    /** Waits for something to ask for. */
    synchronized Task take() throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            long soonest = config.pause().toNanos();
            for (Wish wish : readyBytes < config.readyBytes() ? open.values() : List.<Wish>of()) {
                if (wish.asked) {
                    continue;
                }
                long wait = wish.wait(now, streaming);
                int gateway = wait <= 0 ? gatewayFor(wish, now) : -1;
                if (gateway >= 0) {
                    wish.asked = true;
                    return new Task(wish.cid, gateway);
                }
                soonest = wait > 0 ? Math.min(soonest, wait) : soonest;
            }
            for (long until : restsUntil) {
                soonest = until > now ? Math.min(soonest, until - now) : soonest;
            }
            wait(Math.max(1, soonest / 1_000_000));
        }
    }

    private int gatewayFor(Wish wish, long now) {
        for (int i = 0; i < gateways; i++) {
            if (!wish.lacking.get(i) && restsUntil[i] <= now) {
                return i;
            }
        }
        return -1;
    }

    /** The gateway gave the block. */
    synchronized void came(Task task, Block block) {
        if (open.remove(task.cid().hash()) != null) {
            give(block);
        }
    }

    /** The gateway has not got the block, or gives something else. */
    synchronized void lacks(Task task) {
        Wish wish = open.get(task.cid().hash());
        if (wish != null) {
            wish.asked = false;
            wish.lacking.set(task.gateway());
            if (wish.lacking.cardinality() == gateways) {
                wish.lacking.clear();
                wish.notBefore = System.nanoTime() + config.pause().toNanos();
            }
            notifyAll();
        }
    }

    /** The gateway does not answer. */
    synchronized void broken(Task task) {
        restsUntil[task.gateway()] = System.nanoTime() + config.pause().toNanos();
        Wish wish = open.get(task.cid().hash());
        if (wish != null) {
            wish.asked = false;
        }
        notifyAll();
    }

    /**
     * A block came by the stream, which may be ahead of the wishes; gives false when nobody wants more. Waits while too much is
     * ready, and a little for wishes to catch up.
     */
    synchronized boolean streamed(Block block) {
        try {
            while (!closed && readyBytes >= config.readyBytes()) {
                wait();
            }
            long end = System.nanoTime() + CATCHING_UP.toNanos();
            long left = end - System.nanoTime();
            while (!closed && left > 0 && !open.containsKey(block.cid().hash())
                    && earlyBytes + block.data().size() > config.earlyBytes()) {
                wait(Math.max(1, left / 1_000_000));
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        Wish wish = open.remove(block.cid().hash());
        if (wish != null) {
            give(new Block(wish.cid, block.data()));
        } else {
            keepEarly(block);
        }
        return !closed;
    }

    private void keepEarly(Block block) {
        if (early.putIfAbsent(block.cid().hash(), block) == null) {
            earlyBytes += block.data().size();
        }
        Iterator<Block> oldest = early.values().iterator();
        while (earlyBytes > config.earlyBytes() && oldest.hasNext()) {
            earlyBytes -= oldest.next().data().size();
            oldest.remove();
        }
    }

    private void give(Block block) {
        ready.add(block);
        readyBytes += block.data().size();
        notifyAll();
    }

    synchronized Optional<Block> next(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (ready.isEmpty() && !closed && end - System.nanoTime() > 0) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Block block = ready.poll();
        if (block != null) {
            readyBytes -= block.data().size();
            notifyAll();
        }
        return Optional.ofNullable(block);
    }

    synchronized void close() {
        closed = true;
        open.clear();
        early.clear();
        ready.clear();
        notifyAll();
    }
}
