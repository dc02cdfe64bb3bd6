package io.pinfold.chain.head;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.TrustedSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The newest accepted head of each publisher, and what they say together.
 *
 * <p>Used by one thread.
 */
public final class HeadBook {

    private final Map<PeerId, Entry> newest = new TreeMap<>();

    private record Entry(SignedHead head, Instant heard) {}

    /** Notes an accepted head that was heard at {@code heard}. */
    public void put(SignedHead head, Instant heard) {
        newest.put(head.head().voter(), new Entry(head, heard));
    }

    /** Forgets the heads of those that are no publishers of {@code keys}. */
    public void retain(TrustedSet keys) {
        newest.keySet().removeIf(voter -> !keys.isPublisher(voter));
    }

    /** The newest head of each publisher, the best first. */
    public List<SignedHead> heads() {
        return newest.values()
                .stream()
                .map(Entry::head)
                .sorted((a, b) -> compare(b.head(), a.head()))
                .toList();
    }

    /**
     * By how many publishers the applied block at {@code height} is confirmed: by those whose newest head stands on it.
     *
     * @param applied whether a point is on the applied branch
     */
    public int confirmations(long height, Predicate<ChainPoint> applied) {
        return (int) newest.values()
                .stream()
                .map(entry -> entry.head().head())
                .filter(head -> head.height() >= height && applied.test(new ChainPoint(head.height(), head.cid())))
                .count();
    }

    /** The greatest height of a head; 0 if there is none. */
    public long bestHeight() {
        return newest.values().stream().mapToLong(entry -> entry.head().head().height()).max().orElse(0);
    }

    /** When the freshest head was signed, or heard if that was earlier: a clock ahead makes nothing fresher. */
    public Optional<Instant> freshest() {
        return newest.values().stream().map(HeadBook::freshness).max(Instant::compareTo);
    }

    /**
     * How far the clocks of the publishers other than {@code self} are ahead of ours, in the median; empty if there are
     * none. The time that heads travel makes it seem less, by a second or so.
     */
    public Optional<Duration> medianSkew(PeerId self) {
        List<Duration> skews = newest.entrySet()
                .stream()
                .filter(entry -> !entry.getKey().equals(self))
                .map(entry -> Duration.between(entry.getValue().heard(),
                        Instant.ofEpochMilli(entry.getValue().head().head().timeMillis())))
                .sorted()
                .toList();
        return skews.isEmpty() ? Optional.empty() : Optional.of(skews.get(skews.size() / 2));
    }

    private static Instant freshness(Entry entry) {
        Instant signed = Instant.ofEpochMilli(entry.head().head().timeMillis());
        return signed.isBefore(entry.heard()) ? signed : entry.heard();
    }

    private static int compare(Head a, Head b) {
        int byTrust = Long.compare(a.trustVersion(), b.trustVersion());
        int byHeight = byTrust != 0 ? byTrust : Long.compare(a.height(), b.height());
        return byHeight != 0 ? byHeight : b.cid().compareTo(a.cid());
    }
}
