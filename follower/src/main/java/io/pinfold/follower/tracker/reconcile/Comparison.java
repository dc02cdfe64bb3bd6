package io.pinfold.follower.tracker.reconcile;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.tracker.Duty;
import io.pinfold.follower.tracker.Pinset;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One walk, in the order of CIDs, over the pinset and over all that the backend holds.
 *
 * <p>A root that is held whole satisfies a wish for the root alone.
 */
final class Comparison {

    private final Duty duty;
    private final Findings findings;
    private final Listed recursive;
    private final Listed direct;
    private long wanted;
    private long held;

    /** Hears what differs, in the order of CIDs. */
    interface Findings {

        /** It is wanted here and not held, or only its root is. */
        void missing(PinEntry entry);

        /** It is held and not wanted here; {@code entry} is there if the pinset has it nevertheless. */
        void surplus(Cid cid, Optional<PinEntry> entry);
    }

    /** How many pins are wanted here, and how many of those are held. */
    record Totals(long wanted, long held) {}

    /** The head of one listing. */
    private static final class Listed {
        final SortedKeys keys;
        @Nullable
        Bytes head;

        Listed(SortedKeys keys) throws IOException {
            this.keys = keys;
            this.head = keys.next();
        }

        boolean before(Bytes key) {
            return head != null && head.compareTo(key) < 0;
        }

        boolean take(Bytes key) throws IOException {
            if (head == null || !head.equals(key)) {
                return false;
            }
            head = keys.next();
            return true;
        }
    }

    private Comparison(Duty duty, SortedKeys recursive, SortedKeys direct, Findings findings) throws IOException {
        this.duty = duty;
        this.recursive = new Listed(recursive);
        this.direct = new Listed(direct);
        this.findings = findings;
    }

    /** Walks over {@code pinset} and the roots that are held whole and those held alone. */
    static Totals run(Pinset pinset, Duty duty, SortedKeys recursive, SortedKeys direct, Findings findings)
            throws IOException {
        Comparison comparison = new Comparison(duty, recursive, direct, findings);
        try {
            pinset.scan(Optional.empty(), comparison::compare);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        comparison.rest();
        return new Totals(comparison.wanted, comparison.held);
    }

    private boolean compare(PinEntry entry) {
        try {
            Bytes key = entry.pin().cid().toBytes();
            while (recursive.before(key) || direct.before(key)) {
                surplus(first());
            }
            boolean whole = recursive.take(key);
            boolean root = direct.take(key);
            switch (duty.of(Optional.of(entry))) {
                case HOLD -> hold(entry, whole, root);
                case REMOTE -> {
                    if (whole || root) {
                        findings.surplus(entry.pin().cid(), Optional.of(entry));
                    }
                }
                case ABSENT, SHARDED, OVER_BUDGET -> {
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hold(PinEntry entry, boolean whole, boolean root) {
        boolean rootOnly = entry.pin().maxDepth() == 0;
        wanted++;
        if (!whole && !(rootOnly && root)) {
            findings.missing(entry);
            return;
        }
        held++;
        if (rootOnly && whole) {
            findings.surplus(entry.pin().cid(), Optional.of(entry));
        }
    }

    private void rest() throws IOException {
        while (recursive.head != null || direct.head != null) {
            surplus(first());
        }
    }

    private Bytes first() {
        Bytes whole = recursive.head;
        Bytes root = direct.head;
        if (whole == null || root == null) {
            return Objects.requireNonNull(whole == null ? root : whole, "both listings are at their end");
        }
        return whole.compareTo(root) <= 0 ? whole : root;
    }

    private void surplus(Bytes key) throws IOException {
        boolean _ = recursive.take(key);
        boolean _ = direct.take(key);
        findings.surplus(Cid.decode(key).orElseThrow(), Optional.empty());
    }
}
