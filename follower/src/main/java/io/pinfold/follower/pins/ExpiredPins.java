package io.pinfold.follower.pins;

import io.pinfold.chain.PinStore;
import io.pinfold.chain.PinView;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.core.intake.Submission;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpins what has expired, by operations, as one of the trusted peers (design section 4).
 *
 * <p>So that one of them does it, they take turns: for each CID they are ranked by rendezvous hash, and whoever has rank n waits for n
 * {@link #TURN}s after the expiry. Ranks need no talk and spread the work. If several do it after all, the pin is gone
 * just once. A pin that is pinned again before, or whose expiry is moved, stays. For one thread.
 */
public final class ExpiredPins {

    /** How long the next peer waits for the one before: longer than a round and its way through the chain. */
    public static final Duration TURN = Duration.ofMinutes(5);
    /** Most unpins in one {@link #round}. */
    public static final int MAX_UNPINS = 10_000;

    /** How many times as long as it took a scan of the pinset is not repeated, so that it uses little of a processor. */
    private static final int SCAN_SHARE = 50;

    private static final Logger log = LoggerFactory.getLogger(ExpiredPins.class);

    private final PeerId self;
    private final Set<PeerId> publishers;
    private final PinStore state;
    private final Intake intake;
    private final BooleanSupplier writable;
    private final InstantSource clock;
    private Instant notBefore = Instant.MIN;

    /**
     * The work of {@code self} among {@code publishers}.
     *
     * @param writable whether this peer makes blocks at present: if not, it leaves its turn to the next
     */
    public ExpiredPins(PeerId self, Set<PeerId> publishers, PinStore state, Intake intake, BooleanSupplier writable,
            InstantSource clock) {
        this.self = self;
        this.publishers = Set.copyOf(publishers);
        this.state = state;
        this.intake = intake;
        this.writable = writable;
        this.clock = clock;
    }

    /** Unpins what is this peer's to unpin now; returns how many there were. */
    public int round() {
        if (!publishers.contains(self) || !writable.getAsBoolean() || clock.instant().isBefore(notBefore)) {
            return 0;
        }
        int done = 0;
        for (Cid cid : due(clock.instant())) {
            if (isOverridden(cid)) {
                continue;
            }
            if (intake.submit(new LogOp.UnpinOp(cid), Optional.empty(),
                    clock.millis()) instanceof Submission.Refused(var reason, String detail)) {
                log.warn("an expired pin stays for now: {}, {}", reason, detail);
                break;
            }
            done++;
        }
        if (done > 0) {
            log.info("{} pins have expired and are unpinned", done);
        }
        return done;
    }

    private List<Cid> due(Instant now) {
        List<Cid> due = new ArrayList<>();
        Instant start = clock.instant();
        try (PinView view = state.view()) {
            Iterator<PinEntry> entries = view.entries().iterator();
            while (entries.hasNext() && due.size() < MAX_UNPINS) {
                Pin pin = entries.next().pin();
                if (pin.expireAt().filter(time -> !now.isBefore(time) && isOurTurn(pin.cid(), time, now)).isPresent()) {
                    due.add(pin.cid());
                }
            }
        }
        Instant end = clock.instant();
        notBefore = end.plus(Duration.between(start, end).multipliedBy(SCAN_SHARE));
        return due;
    }

    private boolean isOurTurn(Cid cid, Instant expiry, Instant now) {
        long rank = publishers.stream()
                .filter(peer -> RendezvousChoice.weight(cid, peer).compareTo(RendezvousChoice.weight(cid, self)) > 0)
                .count();
        return !now.isBefore(expiry.plus(TURN.multipliedBy(rank)));
    }

    /** Whether an operation waits for a block that changes {@code cid} already. */
    private boolean isOverridden(Cid cid) {
        return intake.newest(cid).isPresent();
    }
}
