package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.trust.HeadMark;
import java.util.List;

/**
 * The chain of one peer. One thread calls {@link #step}, with what has happened since the last time and the clock; all
 * effects leave through ports before it returns.
 *
 * <p>A step takes in all events, makes what they brought durable with one force, then makes at most one block of its own.
 * {@link #status} and {@link #heads} may be read by any thread.
 */
public final class ChainMachine {

    /** The greatest number of heads in an answer to another peer. */
    static final int MAX_HEADS = 32;

    private final ChainParts parts;
    private final Inflow inflow;
    private final Outflow outflow;

    private volatile ChainStatus status;
    private volatile List<SignedHead> best = List.of();

    /**
     * The chain of {@code setup}; replays what the state lacks, which may take seconds.
     *
     * @param wake is called, by any thread, when {@link #step} is to be called soon; it must not wait
     */
    public ChainMachine(ChainSetup setup, Runnable wake) {
        this.parts = new ChainParts(setup, wake);
        this.inflow = new Inflow(parts);
        this.outflow = new Outflow(parts);
        this.status = statusNow(0);
    }

    /** The rules that blocks are judged by. */
    public BlockVerifier verifier() {
        return parts.verifier;
    }

    /** Judges announcements before they become events. */
    public HeadGate gate() {
        return parts.gate;
    }

    /** Where clients' operations go in. */
    public Intake intake() {
        return parts.intake;
    }

    /** Where the chain stands, as of the last step. */
    public ChainStatus status() {
        return status;
    }

    /** The best heads that this peer knows, the best first, for peers that ask. */
    public List<SignedHead> heads() {
        return best;
    }

    /**
     * Takes in {@code events}, in this order, and does all that is due at {@code nowMillis}.
     *
     * @return when to call again at the latest, in milliseconds since 1970
     */
    public long step(List<ChainEvent> events, long nowMillis) {
        parts.rule.started(nowMillis);
        events.forEach(event -> inflow.handle(event, nowMillis));
        if (parts.repair.isDone() && nowMillis >= parts.disk.retryMillis()) {
            inflow.takeDue(nowMillis);
            sync(nowMillis); // peers work on what comes next while this one writes
            if (outflow.commit(nowMillis)) {
                noteWait();
                outflow.produce(nowMillis);
                outflow.announce(nowMillis);
            }
        }
        settleHeads(nowMillis);
        parts.requests.askAgain(nowMillis);
        if (parts.repair.isDone()) {
            parts.mending.ask(nowMillis);
        }
        long next = sync(nowMillis);
        noteWait();
        parts.guarded.writeDue(nowMillis);
        status = statusNow(nowMillis);
        return Math.min(next, nextMillis(nowMillis));
    }

    /** Writes what is still to be written, after the last step. */
    public void close() {
        parts.guarded.close();
    }

    private long sync(long nowMillis) {
        return parts.sync.tick(parts.ledger.best().height(), nowMillis);
    }

    private void noteWait() {
        parts.rule.behind(parts.sync.waitUntilMillis(parts.ledger.best(), parts.numbers::boundsWaitFor));
    }

    private void settleHeads(long nowMillis) {
        List<HeadMark> settled = parts.heads.settle(cid -> parts.ledger.knows(cid) && !parts.ledger.isFresh(cid));
        if (!settled.isEmpty()) {
            parts.numbers.settled(settled);
            best = parts.heads.heads(MAX_HEADS);
        }
        parts.guarded.accepted(settled, nowMillis);
    }

    private long nextMillis(long nowMillis) {
        SigningRule rule = parts.rule;
        long retry = parts.disk.retryMillis();
        long next = Math.min(Math.min(parts.guarded.dueMillis(), parts.requests.dueMillis()),
                Math.max(retry, parts.ledger.nextDueMillis()));
        if (rule.state(nowMillis) == Signing.READY) {
            long own = Math.min(parts.announcer.dueMillis(), parts.own.dueMillis(nowMillis));
            next = Math.min(next, Math.max(retry, own));
        } else if (rule.state(nowMillis) == Signing.SYNCING) {
            next = Math.min(next, rule.patienceEndsMillis());
        } else if (rule.state(nowMillis) == Signing.WAITING_FOR_A_PEER && rule.comparisonEndsMillis() > nowMillis) {
            next = Math.min(next, rule.comparisonEndsMillis());
        }
        return rule.hasDiskTrouble() ? Math.min(next, retry) : next;
    }

    private ChainStatus statusNow(long nowMillis) {
        long ahead = parts.skew.othersAheadMillis(nowMillis).orElse(0);
        Signing signing = parts.rule.state(nowMillis);
        parts.clock.seen(signing, ahead);
        long known = Math.max(parts.ledger.best().height(),
                parts.sync.progress().map(SyncProgress::target).orElse(0L));
        return new ChainStatus(parts.state.head(), known, signing,
                parts.heads.standing(parts.publishers, new CommonHeight(parts.state.tree())),
                parts.heads.staleness(), parts.sync.progress(), parts.state.orphans().size(), parts.intake.waiting(),
                ahead);
    }
}
