package io.pinfold.follower.tracker.operation;

import io.pinfold.multiformats.Cid;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * Three lanes of waiting CIDs and a number of slots: gives what is next so that no lane starves another.
 *
 * <p>Lanes take turns by weight. Retried work has at most half of the slots, and retried and backlog together leave one
 * to recent work; where there is one slot, all share it. Not safe for use by many threads.
 */
final class FairQueue {

    private final int bound;
    private final int slots;
    private final Map<Lane, LaneState> states = new EnumMap<>(Lane.class);

    private static final class LaneState {
        final SequencedSet<Cid> waiting = new LinkedHashSet<>();
        int running;
        int credit;
    }

    /** A queue of at most {@code bound} a lane for {@code slots} workers. */
    FairQueue(int bound, int slots) {
        this.bound = bound;
        this.slots = slots;
        for (Lane lane : Lane.values()) {
            states.put(lane, new LaneState());
        }
    }

    /** Adds {@code cid} at the end of {@code lane}; false if that is full. */
    boolean offer(Cid cid, Lane lane) {
        return size(lane) < bound && state(lane).waiting.add(cid);
    }

    /** Adds {@code cid} at the end of {@code lane}, also if that is full. */
    void force(Cid cid, Lane lane) {
        state(lane).waiting.add(cid);
    }

    /** Puts {@code cid} back at the head of {@code lane}. */
    void putBack(Cid cid, Lane lane) {
        state(lane).waiting.addFirst(cid);
    }

    /** Takes {@code cid} out of {@code lane}. */
    void remove(Cid cid, Lane lane) {
        state(lane).waiting.remove(cid);
    }

    /** The next CID, which has a slot from now on until {@link #ended}. */
    Optional<Cid> poll() {
        List<Lane> ready = Stream.of(Lane.values()).filter(this::mayStart).toList();
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        ready.forEach(lane -> state(lane).credit += lane.weight());
        LaneState next = state(Collections.max(ready, Comparator.comparingInt(lane -> state(lane).credit)));
        next.credit -= ready.stream().mapToInt(Lane::weight).sum();
        next.running++;
        return Optional.of(next.waiting.removeFirst());
    }

    /** Frees a slot that was taken from {@code lane}. */
    void ended(Lane lane) {
        state(lane).running--;
    }

    /** How many wait in {@code lane}. */
    int size(Lane lane) {
        return state(lane).waiting.size();
    }

    private boolean mayStart(Lane lane) {
        int all = states.values().stream().mapToInt(state -> state.running).sum();
        int late = all - state(Lane.RECENT).running;
        if (state(lane).waiting.isEmpty() || all >= slots) {
            return false;
        }
        return switch (lane) {
            case RECENT -> true;
            case BACKLOG -> late < Math.max(1, slots - 1);
            case RETRIED -> late < Math.max(1, slots - 1) && state(lane).running < Math.max(1, slots / 2);
        };
    }

    private LaneState state(Lane lane) {
        return Objects.requireNonNull(states.get(lane), "every lane has a state");
    }
}
