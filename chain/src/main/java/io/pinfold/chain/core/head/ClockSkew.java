package io.pinfold.chain.core.head;

import io.pinfold.chain.core.Limits;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far our clock is from those of the other trusted keys, judged by their announcements as they come in.
 *
 * <p>An announcement says its voter's time when it was signed, so it shows the difference of the clocks less the time it
 * was under way; the greatest difference seen lately is the best guess. Of the guesses for all keys the median counts, the
 * one nearer to zero if there are two. May be used by any thread.
 */
public final class ClockSkew {

    /** How long an announcement tells about a clock. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    /** How old the newest head of a key that runs can be: the longest time between its announcements. */
    static final Duration ANSWER_AGE = Duration.ofSeconds(75);

    private final PeerId self;
    private final Map<PeerId, Guess> guesses = new HashMap<>();

    private record Guess(long aheadMillis, long seenMillis) {}

    /** Knows nothing yet; announcements of {@code self} do not count. */
    public ClockSkew(PeerId self) {
        this.self = self;
    }

    /** Takes in that {@code voter}, whose signature holds, announced {@code headMillis} at {@code nowMillis} of our clock. */
    public synchronized void saw(PeerId voter, long headMillis, long nowMillis) {
        guess(voter, headMillis - nowMillis, nowMillis);
    }

    /**
     * Takes in that {@code voter} itself answered {@code headMillis} when it was asked at {@code nowMillis} of our clock. It
     * signs anew every minute or so, so its clock may be ahead of the answer by {@link #ANSWER_AGE}.
     */
    public synchronized void answered(PeerId voter, long headMillis, long nowMillis) {
        long ahead = headMillis - nowMillis;
        guess(voter, ahead < 0 ? Math.min(0, ahead + ANSWER_AGE.toMillis()) : ahead, nowMillis);
    }

    private void guess(PeerId voter, long aheadMillis, long nowMillis) {
        if (voter.equals(self)) {
            return;
        }
        Guess known = guesses.get(voter);
        if (known == null || Math.abs(nowMillis - known.seenMillis()) >= MEMORY.toMillis()
                || aheadMillis >= known.aheadMillis()) {
            guesses.put(voter, new Guess(aheadMillis, nowMillis));
        }
    }

    /** How many milliseconds the others' clocks are ahead of ours, if any was heard of lately. */
    public synchronized OptionalLong othersAheadMillis(long nowMillis) {
        List<Long> ahead = guesses.values()
                .stream()
                .filter(guess -> Math.abs(nowMillis - guess.seenMillis()) < MEMORY.toMillis())
                .map(Guess::aheadMillis)
                .sorted()
                .toList();
        if (ahead.isEmpty()) {
            return OptionalLong.empty();
        }
        long low = ahead.get((ahead.size() - 1) / 2);
        long high = ahead.get(ahead.size() / 2);
        return OptionalLong.of(Math.abs(low) < Math.abs(high) ? low : high);
    }

    /** Whether our clock is so far from the others' that what we sign would be refused or misleading. */
    public boolean isTooGreat(long nowMillis) {
        OptionalLong ahead = othersAheadMillis(nowMillis);
        return ahead.isPresent() && Math.abs(ahead.getAsLong()) > Limits.CLOCK_TOLERANCE.toMillis();
    }
}
