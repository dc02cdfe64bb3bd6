package io.pinfold.ipfsnode.bitswap.server;

import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each peer wants of us, and which of it is due for an answer: higher priorities first, then in the order of asking.
 *
 * <p>A want is due when it comes, and again when its block arrives; between the two it waits, also when its lack was told.
 * Bounded in wants of a peer and in all. Thread-safe.
 */
final class WantLists {

    private static final Comparator<Entry> BEST_FIRST = Comparator.comparingInt((Entry entry) -> -entry.rank)
            .thenComparingLong(entry -> entry.number);

    private static final class Entry {
        private final PeerId peer;
        private final long number;
        private Want want;
        private int rank;
        private boolean due;

        Entry(PeerId peer, long number, Want want) {
            this.peer = peer;
            this.number = number;
            this.want = want;
        }
    }

    private static final class OfPeer {
        private final Map<Cid, Entry> entries = new LinkedHashMap<>();
        private final TreeSet<Entry> due = new TreeSet<>(BEST_FIRST);
    }

    private final int perPeer;
    private final int inAll;
    private final Map<PeerId, OfPeer> peers = new HashMap<>();
    private final Map<Multihash, List<Entry>> byHash = new HashMap<>();
    private int size;
    private long numbers;

    /** Empty lists for so many wants. */
    WantLists(int perPeer, int inAll) {
        this.perPeer = perPeer;
        this.inAll = inAll;
    }

    /** Takes what {@code peer} says of its wants, {@code full} if that is all of them; how many were beyond the bounds. */
    synchronized int take(PeerId peer, List<Want> wants, boolean full) {
        if (full) {
            remove(peer);
        }
        int dropped = 0;
        for (Want want : wants) {
            if (want.kind() == Want.Kind.CANCEL) {
                cancel(peer, want.cid());
            } else if (!put(peer, want)) {
                dropped++;
            }
        }
        return dropped;
    }

    private boolean put(PeerId peer, Want want) {
        OfPeer list = peers.computeIfAbsent(peer, _ -> new OfPeer());
        Entry entry = list.entries.get(want.cid());
        if (entry == null) {
            if (list.entries.size() >= perPeer || size >= inAll) {
                return false;
            }
            entry = new Entry(peer, numbers++, want);
            list.entries.put(want.cid(), entry);
            byHash.computeIfAbsent(want.cid().hash(), _ -> new ArrayList<>(1)).add(entry);
            size++;
        }
        list.due.remove(entry);
        boolean block = entry.want.kind() == Want.Kind.BLOCK || want.kind() == Want.Kind.BLOCK;
        entry.want = new Want(want.cid(), want.priority(), block ? Want.Kind.BLOCK : Want.Kind.HAVE,
                want.sendDontHave());
        entry.rank = want.priority() == Integer.MIN_VALUE ? -Integer.MAX_VALUE : want.priority();
        makeDue(list, entry);
        return true;
    }

    private static void makeDue(OfPeer list, Entry entry) {
        entry.due = true;
        list.due.add(entry);
    }

    private void cancel(PeerId peer, Cid cid) {
        OfPeer list = peers.get(peer);
        Entry entry = list == null ? null : list.entries.get(cid);
        if (list != null && entry != null) {
            drop(list, entry);
        }
    }

    private void drop(OfPeer list, Entry entry) {
        list.entries.remove(entry.want.cid());
        list.due.remove(entry);
        unlink(entry);
        if (list.entries.isEmpty()) {
            peers.remove(entry.peer);
        }
    }

    private void unlink(Entry entry) {
        Multihash hash = entry.want.cid().hash();
        List<Entry> same = byHash.get(hash);
        if (same != null) {
            same.remove(entry);
            if (same.isEmpty()) {
                byHash.remove(hash);
            }
        }
        size--;
    }

    /** Takes the next want of {@code peer} that is due; it waits from now on. */
    synchronized Optional<Want> poll(PeerId peer) {
        OfPeer list = peers.get(peer);
        Entry entry = list == null ? null : list.due.pollFirst();
        if (entry == null) {
            return Optional.empty();
        }
        entry.due = false;
        return Optional.of(entry.want);
    }

    /** Whether a want of {@code peer} is due. */
    synchronized boolean hasDue(PeerId peer) {
        OfPeer list = peers.get(peer);
        return list != null && !list.due.isEmpty();
    }

    /** The want that was polled is fulfilled, unless it was said anew meanwhile. */
    synchronized void fulfilled(PeerId peer, Want want) {
        OfPeer list = peers.get(peer);
        Entry entry = list == null ? null : list.entries.get(want.cid());
        if (list != null && entry != null && !entry.due) {
            drop(list, entry);
        }
    }

    /** Makes the wants for these blocks due, and tells whose they are. */
    synchronized Set<PeerId> arrived(Collection<Multihash> blocks) {
        Set<PeerId> wanting = new HashSet<>();
        for (Multihash block : blocks) {
            for (Entry entry : byHash.getOrDefault(block, List.of())) {
                OfPeer list = peers.get(entry.peer);
                if (list != null) {
                    makeDue(list, entry);
                    wanting.add(entry.peer);
                }
            }
        }
        return wanting;
    }

    /** Forgets what {@code peer} wants. */
    synchronized void remove(PeerId peer) {
        OfPeer list = peers.remove(peer);
        if (list != null) {
            list.entries.values().forEach(this::unlink);
        }
    }

    /** What {@code peer} wants, in the order of asking. */
    synchronized List<Want> of(PeerId peer) {
        OfPeer list = peers.get(peer);
        return list == null ? List.of() : list.entries.values().stream().map(entry -> entry.want).toList();
    }

    /** How many wants there are. */
    synchronized int size() {
        return size;
    }
}
