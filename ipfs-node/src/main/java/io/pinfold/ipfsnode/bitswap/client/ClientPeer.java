package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A connected peer as one that we ask: what it owes us, what it was told, and what it has yet to be told.
 *
 * <p>Guarded by the board's lock.
 */
final class ClientPeer {

    /** Wants that a peer may have been told of and not answered; Kubo keeps 1,024 and drops what is beyond. */
    static final int MAX_TOLD = 1_000;
    /** The window of a peer that has not delivered yet. */
    static final int FIRST_WINDOW = 32;
    /** The window of a peer that was silent. */
    static final int LEAST_WINDOW = 2;
    /** Blocks that may still come although they are not wanted any more, the youngest. */
    static final int MAX_LATE = 2_048;

    private final PeerId id;
    private final Map<Wish, Long> asked = new LinkedHashMap<>();
    private final Map<Multihash, Want> told = new LinkedHashMap<>();
    private final Set<Multihash> sent = new HashSet<>();
    private final Map<Multihash, Want> outbox = new LinkedHashMap<>();
    private final Set<Multihash> late = new LinkedHashSet<>();
    private boolean usable = true;
    private boolean legacy;
    private boolean sending;
    private boolean tellAll;
    private boolean filling = true;
    private int window = FIRST_WINDOW;
    private int failures;
    private boolean stalled;
    private long heardAt;
    private long usefulAt;
    private long strikes;

    ClientPeer(PeerId id, long now) {
        this.id = id;
        heardAt = now;
        usefulAt = Long.MIN_VALUE;
    }

    PeerId id() {
        return id;
    }

    boolean isUsable() {
        return usable;
    }

    /** The peer went, or takes no messages. */
    void giveUp() {
        usable = false;
        asked.clear();
        told.clear();
        sent.clear();
        outbox.clear();
        late.clear();
    }

    /** Whether it speaks a version without HAVE. */
    boolean isLegacy() {
        return legacy;
    }

    void setLegacy(boolean isLegacy) {
        legacy = isLegacy;
    }

    /** The wishes that it was asked for, the oldest first, and when. */
    Map<Wish, Long> asked() {
        return asked;
    }

    /** How many more blocks it may be asked for; once full, none until a quarter of the window is free, so that wants travel together. */
    boolean hasRoom() {
        if (!filling && asked.size() <= window - Math.max(1, window / 4)) {
            filling = true;
        } else if (asked.size() >= window) {
            filling = false;
        }
        return filling && told.size() < MAX_TOLD;
    }

    boolean canBeTold() {
        return told.size() < MAX_TOLD;
    }

    /** Whether it may go on to know what it has not got, so that it sends the block should it come by it. */
    boolean hasRoomToRemember() {
        return told.size() < MAX_TOLD / 2;
    }

    /** What it was told and has not answered finally. */
    List<Multihash> toldHashes() {
        return List.copyOf(told.keySet());
    }

    int window() {
        return window;
    }

    /** It delivered; the window grows. */
    void delivered(long now, int maxWindow) {
        window = Math.min(maxWindow, window + 1);
        usefulAt = now;
        failures = 0;
    }

    /** It was silent for too long. */
    void stalled() {
        stalled = true;
        window = LEAST_WINDOW;
    }

    /** Whether it had been silent for too long, and is heard again. */
    boolean takeStalled() {
        boolean was = stalled;
        stalled = false;
        return was;
    }

    /** Puts {@code want} among what it is to be told. */
    void tell(Want want) {
        told.put(want.cid().hash(), want);
        outbox.put(want.cid().hash(), want);
    }

    /** Takes back what it was told; {@code mayComeLate} if it was asked for the block. */
    void untell(Multihash hash, boolean mayComeLate) {
        Want want = told.remove(hash);
        if (want == null) {
            return;
        }
        if (sent.remove(hash)) {
            outbox.put(hash, Want.cancel(want.cid()));
            if (mayComeLate) {
                addLate(hash);
            }
        } else {
            outbox.remove(hash);
        }
    }

    /** It sent the block; what it was asked for twice may come twice. */
    void gave(Multihash hash) {
        if (answered(hash)) {
            addLate(hash);
        }
    }

    /** It answered for {@code hash} in a way that makes it forget the want. */
    boolean answered(Multihash hash) {
        sent.remove(hash);
        outbox.remove(hash);
        return told.remove(hash) != null;
    }

    boolean wasTold(Multihash hash) {
        return told.containsKey(hash);
    }

    private void addLate(Multihash hash) {
        late.add(hash);
        if (late.size() > MAX_LATE) {
            late.remove(late.iterator().next());
        }
    }

    /** Whether a block that is not wanted any more was asked of it before. */
    boolean wasLate(Multihash hash) {
        return late.remove(hash);
    }

    boolean hasNews() {
        return !outbox.isEmpty();
    }

    int newsCount() {
        return outbox.size();
    }

    /** Takes up to {@code max} of what it is to be told. */
    List<Want> takeNews(int max) {
        List<Want> news = new ArrayList<>(Math.min(max, outbox.size()));
        Iterator<Want> iterator = outbox.values().iterator();
        while (iterator.hasNext() && news.size() < max) {
            Want want = iterator.next();
            iterator.remove();
            news.add(want);
            if (want.kind() != Want.Kind.CANCEL) {
                sent.add(want.cid().hash());
            }
        }
        return news;
    }

    /** The stream broke: it is to be told everything anew. */
    void tellAll() {
        outbox.clear();
        outbox.putAll(told);
        tellAll = true;
    }

    boolean takeTellAll() {
        boolean all = tellAll;
        tellAll = false;
        return all;
    }

    boolean isSending() {
        return sending;
    }

    void setSending(boolean isSending) {
        sending = isSending;
    }

    int fail() {
        return ++failures;
    }

    long heardAt() {
        return heardAt;
    }

    void heard(long now) {
        heardAt = now;
    }

    long usefulAt() {
        return usefulAt;
    }

    long strikes() {
        return strikes;
    }

    void strike() {
        strikes++;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
