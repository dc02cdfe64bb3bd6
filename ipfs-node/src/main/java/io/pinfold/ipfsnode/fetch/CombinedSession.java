package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.Exchange.Session;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session of a {@link CombinedExchange}; one thread drives it, and it has none of its own. */
final class CombinedSession implements Exchange.Session {

    /** How long one session is listened to while the other may have something too. */
    private static final Duration SLICE = Duration.ofMillis(20);
    private static final int MUCH_LONGER = 5;

    private final Session first;
    private final Supplier<Session> openSecond;
    private final long delay;
    private final LongSupplier nanoTime;
    private final Map<Multihash, Wish> open = new LinkedHashMap<>();
    private @Nullable Session second;
    private int atSecond;
    private long firstGave;
    /** When it is looked again at what is due at the second. */
    private long nextLook;

    /** A block that is waited for, since when, and whether the second was asked for it too. */
    private static final class Wish {
        private final Cid cid;
        private final long since;
        private boolean atSecond;

        Wish(Cid cid, long since) {
            this.cid = cid;
            this.since = since;
        }
    }

    CombinedSession(Session first, Supplier<Session> openSecond, Duration delay, LongSupplier nanoTime) {
        this.first = first;
        this.openSecond = openSecond;
        this.delay = delay.toNanos();
        this.nanoTime = nanoTime;
        this.firstGave = nanoTime.getAsLong();
        this.nextLook = firstGave;
    }

    @Override
    public void want(Collection<Cid> cids) {
        long now = nanoTime.getAsLong();
        if (open.isEmpty()) {
            firstGave = now;
        }
        List<Cid> fresh = new ArrayList<>();
        for (Cid cid : cids) {
            if (open.putIfAbsent(cid.hash(), new Wish(cid, now)) == null) {
                fresh.add(cid);
            }
        }
        first.want(fresh);
    }

    @Override
    public void unwant(Collection<Cid> cids) {
        for (Cid cid : cids) {
            Wish wish = open.remove(cid.hash());
            if (wish != null) {
                first.unwant(List.of(wish.cid));
                leaveSecond(wish);
            }
        }
    }

    @Override
    public Optional<Block> next(Duration timeout) {
        long end = nanoTime.getAsLong() + timeout.toNanos();
        while (true) {
            Optional<Block> block = take(first, Duration.ZERO)
                    .or(() -> second == null ? Optional.empty() : take(second, Duration.ZERO));
            long left = end - nanoTime.getAsLong();
            if (block.isPresent() || left <= 0 || Thread.currentThread().isInterrupted()) {
                return block;
            }
            long untilSecond = askSecond();
            long slice = Math.min(left, atSecond > 0 ? Math.min(untilSecond, SLICE.toNanos()) : untilSecond);
            block = take(first, Duration.ofNanos(Math.max(1, slice)));
            if (block.isPresent()) {
                return block;
            }
        }
    }

    /** What {@code session} has for us; what the other had already is passed over. */
    private Optional<Block> take(Session session, Duration timeout) {
        Optional<Block> block = session.next(timeout);
        while (block.isPresent()) {
            Wish wish = open.remove(block.get().cid().hash());
            if (wish != null) {
                settle(wish, session);
                return block;
            }
            block = session.next(Duration.ZERO);
        }
        return block;
    }

    private void settle(Wish wish, Session giver) {
        if (giver == first) {
            firstGave = nanoTime.getAsLong();
            leaveSecond(wish);
        } else {
            atSecond--;
            first.unwant(List.of(wish.cid));
        }
    }

    private void leaveSecond(Wish wish) {
        if (wish.atSecond && second != null) {
            atSecond--;
            second.unwant(List.of(wish.cid));
        }
    }

    /** Wishes at the second for what is due there; gives the time until more may be. */
    private long askSecond() {
        long now = nanoTime.getAsLong();
        if (now - nextLook < 0) {
            return nextLook - now;
        }
        boolean silent = now - firstGave >= delay;
        long soonest = silent ? delay : delay - (now - firstGave);
        List<Cid> due = new ArrayList<>();
        for (Wish wish : open.values()) {
            if (atSecond == CombinedExchange.MAX_SECOND) {
                break;
            }
            long age = now - wish.since;
            if (!wish.atSecond && (age >= MUCH_LONGER * delay || (silent && age >= delay))) {
                wish.atSecond = true;
                atSecond++;
                due.add(wish.cid);
            } else if (!wish.atSecond) {
                soonest = Math.min(soonest, Math.max(1, (silent ? delay : MUCH_LONGER * delay) - age));
            }
        }
        if (!due.isEmpty()) {
            if (second == null) {
                second = openSecond.get();
            }
            second.want(due);
        }
        nextLook = now + Math.max(1, soonest);
        return nextLook - now;
    }

    @Override
    public void close() {
        first.close();
        if (second != null) {
            second.close();
        }
    }
}
