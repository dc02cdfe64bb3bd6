package io.pinfold.chain.store.intake;

import io.pinfold.chain.IntakeLog;
import io.pinfold.chain.store.segment.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which entries of the intake log are still of use, and where they are. Safe for threads; nothing here waits.
 *
 * <p>An entry is of use until it is retired and, if it has a key, until {@link IntakeLog#KEPT_KEYS} newer ones with a
 * key are retired too.
 */
final class IntakeIndex {

    /** An entry of use: its place, its size in the log, and what it is kept for. */
    record Slot(long number, long seq, boolean keyed, boolean retired, long position, int bytes) {

        private Slot retire() {
            return new Slot(number, seq, keyed, true, position, bytes);
        }

        private Slot moveTo(long newPosition) {
            return new Slot(number, seq, keyed, retired, newPosition, bytes);
        }
    }

    private final SortedMap<Long, Slot> byNumber = new TreeMap<>();
    private final SortedMap<Long, Long> numberByPosition = new TreeMap<>();
    private final Map<Long, List<Long>> pendingBySeq = new HashMap<>();
    private final Queue<Long> retiredKeyed = new ArrayDeque<>();
    private final Queue<Long> unwrittenRetirements = new ArrayDeque<>();
    private long lastNumber;
    private long liveBytes;

    synchronized long lastNumber() {
        return lastNumber;
    }

    /** Takes note of the entry of {@code slot}, which is new or a copy of one that is of use or was never seen. */
    synchronized void put(Slot slot) {
        lastNumber = Math.max(lastNumber, slot.number);
        if (byNumber.containsKey(slot.number)) {
            move(slot.number, slot.position);
            return;
        }
        byNumber.put(slot.number, slot);
        numberByPosition.put(slot.position, slot.number);
        liveBytes += slot.bytes;
        if (slot.retired) {
            keepForKey(slot.number);
        } else {
            pendingBySeq.computeIfAbsent(slot.seq, _ -> new ArrayList<>()).add(slot.number);
        }
    }

    /** Takes note of the copy of entry {@code number} at {@code position}, if the entry is still of use. */
    synchronized void move(long number, long position) {
        Slot former = byNumber.get(number);
        if (former != null) {
            numberByPosition.remove(former.position);
            numberByPosition.put(position, number);
            byNumber.put(number, former.moveTo(position));
        }
    }

    /** Retires the entries with number {@code seq}; {@code written} tells whether the log says so already. */
    synchronized void retire(long seq, boolean written) {
        List<Long> numbers = pendingBySeq.remove(seq);
        if (numbers == null) {
            return;
        }
        if (!written) {
            unwrittenRetirements.add(seq);
        }
        for (long number : numbers) {
            Slot slot = byNumber.get(number);
            if (slot != null && slot.keyed) {
                byNumber.put(number, slot.retire());
                keepForKey(number);
            } else {
                remove(number);
            }
        }
    }

    /** The sequence numbers that were retired and are not in the log as such; {@link #written} forgets them. */
    synchronized List<Long> unwrittenRetirements() {
        return List.copyOf(unwrittenRetirements);
    }

    /** The first {@code count} of {@link #unwrittenRetirements} are in the log now. */
    synchronized void written(int count) {
        for (int i = 0; i < count; i++) {
            unwrittenRetirements.remove();
        }
    }

    /** The slots for which {@code condition} holds, in the order of their numbers. */
    synchronized List<Slot> slots(Predicate<Slot> condition) {
        return byNumber.values().stream().filter(condition).toList();
    }

    /** The position before which nothing is of use. */
    synchronized long oldestPosition() {
        return numberByPosition.isEmpty() ? Long.MAX_VALUE : numberByPosition.firstKey();
    }

    /** The slots in the segment where the oldest of all is. */
    synchronized List<Slot> oldestSegment() {
        List<Slot> oldest = new ArrayList<>();
        for (Map.Entry<Long, Long> place : numberByPosition.entrySet()) {
            Slot slot = byNumber.get(place.getValue());
            if (slot == null || !Position.sameSegment(place.getKey(), numberByPosition.firstKey())) {
                break;
            }
            oldest.add(slot);
        }
        return oldest;
    }

    /** Bytes in the log that are of use. */
    synchronized long liveBytes() {
        return liveBytes;
    }

    private void keepForKey(long number) {
        retiredKeyed.add(number);
        if (retiredKeyed.size() > IntakeLog.KEPT_KEYS) {
            remove(retiredKeyed.remove());
        }
    }

    private void remove(long number) {
        Slot slot = byNumber.remove(number);
        if (slot != null) {
            numberByPosition.remove(slot.position);
            liveBytes -= slot.bytes;
        }
    }
}
