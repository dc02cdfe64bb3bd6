package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.Exchange.Session;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session of a {@link CombinedExchange}; one thread drives it, and it has none of its own. */
final class CombinedSession implements Exchange.Session {

    /** How long one session is listened to before it is looked at the other, and at whether the first is at a loss. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);
    /** The same when nothing has come for long. */
    private static final long LONG_SLICE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int SLICES = 16;
    private static final int MUCH_LONGER = 5;

    private final Session first;
    private final Supplier<Session> openSecond;
    private final Patience patience;
    private final LongSupplier nanoTime;
    /** What only the first was asked for, the oldest in front. */
    private final Map<Multihash, Wish> atFirst = new LinkedHashMap<>();
    private final Map<Multihash, Cid> atBoth = new HashMap<>();
    private @Nullable Session second;
    /** When the first gave something, or was asked for something while nothing else was wished for. */
    private long firstGave;
    /** When something came or was wished for. */
    private long stirred;

    /** A block that is waited for, and since when. */
    private record Wish(Cid cid, long since) {}

    CombinedSession(Session first, Supplier<Session> openSecond, Patience patience, LongSupplier nanoTime) {
        this.first = first;
        this.openSecond = openSecond;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.firstGave = nanoTime.getAsLong();
        this.stirred = firstGave;
    }

    @Override
    public void want(Collection<Cid> cids) {
        long now = nanoTime.getAsLong();
        if (atFirst.isEmpty() && atBoth.isEmpty()) {
            firstGave = now;
        }
        List<Cid> fresh = new ArrayList<>();
        for (Cid cid : cids) {
            if (!atBoth.containsKey(cid.hash())
                    && atFirst.putIfAbsent(cid.hash(), new Wish(cid, now)) == null) {
                fresh.add(cid);
            }
        }
        stirred = now;
        first.want(fresh);
        if (patience.nanos() == 0) {
            askSecond();
        }
    }

    @Override
    public void unwant(Collection<Cid> cids) {
        first.unwant(cids.stream().filter(cid -> forget(cid.hash())).toList());
    }

    /** Nobody waits for the block any more; false if nobody did. */
    private boolean forget(Multihash hash) {
        return atFirst.remove(hash) != null || leaveSecond(hash);
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
            askSecond();
            Session listened = second != null && patience.prefersSecond() ? second : first;
            block = take(listened, Duration.ofNanos(Math.min(left, slice())));
            if (block.isPresent()) {
                return block;
            }
        }
    }

    @Override
    public boolean isAtALoss() {
        return atFirst.isEmpty() ? second != null && second.isAtALoss() : first.isAtALoss();
    }

    private long slice() {
        return Math.clamp((nanoTime.getAsLong() - stirred) / SLICES, SLICE, LONG_SLICE);
    }

    /** What {@code session} has for us; what the other had already is passed over. */
    private Optional<Block> take(Session session, Duration timeout) {
        Optional<Block> block = session.next(timeout);
        while (block.isPresent() && !settle(block.get().cid(), session == first)) {
            block = session.next(Duration.ZERO);
        }
        return block;
    }

    /** A block came; false if it is not waited for. */
    private boolean settle(Cid cid, boolean fromFirst) {
        Cid atSecond = atBoth.get(cid.hash());
        if (!fromFirst && atSecond != null) {
            atBoth.remove(cid.hash());
            first.unwant(List.of(atSecond));
        } else if (!fromFirst || !forget(cid.hash())) {
            return false;
        }
        stirred = nanoTime.getAsLong();
        firstGave = fromFirst ? stirred : firstGave;
        patience.came(!fromFirst);
        return true;
    }

    private boolean leaveSecond(Multihash hash) {
        Cid wished = atBoth.remove(hash);
        if (wished == null || second == null) {
            return false;
        }
        second.unwant(List.of(wished));
        return true;
    }

    /** Wishes at the second for what is due there. */
    private void askSecond() {
        if (atFirst.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        long wait = patience.nanos();
        boolean lost = wait > 0 && first.isAtALoss();
        boolean silent = now - firstGave >= wait;
        List<Cid> due = new ArrayList<>();
        for (Iterator<Wish> oldest = atFirst.values().iterator(); oldest.hasNext();) {
            Wish wish = oldest.next();
            if (!lost && now - wish.since < (silent ? wait : MUCH_LONGER * wait)) {
                break;
            }
            oldest.remove();
            atBoth.put(wish.cid.hash(), wish.cid);
            due.add(wish.cid);
        }
        if (!due.isEmpty()) {
            if (second == null) {
                second = openSecond.get();
            }
            second.want(due);
        }
    }

    @Override
    public void close() {
        first.close();
        if (second != null) {
            second.close();
        }
    }
}
