package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.ClockSkew;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.chain.core.tree.BlockNode;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.core.verify.Checking;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.Guard;
import io.pinfold.trust.HeadMark;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private static final int SMALL_BLOCKS = 256;

    private final BlockVerifier verifier;
    private final PeerId self;
    private final ChainPorts ports;
    private final ChainStores stores;
    private final StateFollower state;
    private final Intake intake;
    private final ClockSkew skew;
    private final ClockWatch clock;
    private final HeadGate gate;
    private final HeadBook heads;
    private final ChainSync sync;
    private final SigningRule rule;
    private final Spacing spacing;
    private final OwnBlocks own;
    private final Announcer announcer;
    private final MergeWatch mergeWatch;
    private final Ledger ledger;
    private final DiskTrouble disk;
    private final Repair repair;
    private final Mending mending;
    private final GuardedHeads guarded;
    private final HeadRequests requests;
    private final Map<Cid, SignedBlock> small = new BoundedMap<>(SMALL_BLOCKS);
    private final Set<PeerId> publishers;

    private volatile ChainStatus status;
    private volatile List<SignedHead> best = List.of();

    /**
     * The chain of {@code setup}; replays what the state lacks, which may take seconds.
     *
     * @param wake is called, by any thread, when {@link #step} is to be called soon; it must not wait
     */
    public ChainMachine(ChainSetup setup, Runnable wake) {
        this.verifier = new BlockVerifier(setup.genesis());
        this.self = setup.key().peerId();
        this.ports = setup.ports();
        this.stores = setup.stores();
        StateListener listener = ports.listener();
        Guard guard = stores.guard();
        this.publishers = verifier.trust().newest().keys().publishers();
        this.skew = new ClockSkew(self);
        this.clock = new ClockWatch(listener);
        this.gate = new HeadGate(verifier.chainId(), verifier.trust(), guard.heads(), skew);
        this.heads = new HeadBook(guard.heads(), setup.config().staleAfter());
        this.state = new StateFollower(verifier, stores.blocks(), stores.pins(), listener, setup.treeCapacity());
        boolean replayed = state.catchUp();
        this.ledger = new Ledger(verifier, stores.blocks(), state, ports);
        this.sync = new ChainSync(ports.source(), ledger::knows, setup.random());
        this.intake = new Intake(stores.intake(), self, publishers.contains(self), setup.genesis(),
                OwnBlocks.used(self, state, guard), wake);
        this.spacing = new Spacing(setup.config().slot(), setup.random());
        this.rule = new SigningRule(publishers.contains(self), publishers.equals(Set.of(self)), skew,
                setup.config().alone() || !setup.knewPeers());
        this.requests = new HeadRequests(rule, sync, ports.source());
        this.disk = new DiskTrouble(rule, listener);
        this.repair = new Repair(replayed, stores.blocks(), state, sync, listener, disk);
        rule.repairing(!replayed);
        this.mending = new Mending(stores.blocks(), sync, listener, disk);
        this.guarded = new GuardedHeads(guard, disk);
        this.own = new OwnBlocks(state, guard, intake,
                new Producer(verifier.chainId(), setup.key(), intake, guard, state.orphans(), spacing), self, listener);
        this.announcer = new Announcer(verifier.chainId(), setup.key(), ports.heads(), setup.config().repeat(),
                setup.random());
        this.mergeWatch = new MergeWatch(state.tree(), state.recent(), listener);
        this.status = statusNow(0);
    }

    /** The rules that blocks are judged by. */
    public BlockVerifier verifier() {
        return verifier;
    }

    /** Judges announcements before they become events. */
    public HeadGate gate() {
        return gate;
    }

    /** Where clients' operations go in. */
    public Intake intake() {
        return intake;
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
        rule.started(nowMillis);
        for (ChainEvent event : events) {
            handle(event, nowMillis);
        }
        if (repair.isDone() && nowMillis >= disk.retryMillis()) {
            took(ledger.due(nowMillis), nowMillis);
            sync.tick(ledger.best().height(), nowMillis); // peers work on what comes next while this one writes
            if (commit(nowMillis)) {
                rule.behind(sync.waitUntilMillis(ledger.best()));
                produce(nowMillis);
                announce(nowMillis);
            }
        }
        settleHeads(nowMillis);
        requests.askAgain(nowMillis);
        if (repair.isDone()) {
            mending.ask(nowMillis);
        }
        long next = sync.tick(ledger.best().height(), nowMillis);
        rule.behind(sync.waitUntilMillis(ledger.best()));
        guarded.writeDue(nowMillis);
        status = statusNow(nowMillis);
        return Math.min(next, nextMillis(nowMillis));
    }

    /** Writes what is still to be written, after the last step. */
    public void close() {
        guarded.close();
    }

    private void handle(ChainEvent event, long nowMillis) {
        switch (event) {
            case ChainEvent.HeadArrived(SignedHead head, PeerId neighbour) -> arrived(head, neighbour, nowMillis);
            case ChainEvent.HeadsAnswered(PeerId peer, List<SignedHead> answered) -> {
                answered.forEach(head -> arrived(head, peer, nowMillis));
                rule.heard();
            }
            case ChainEvent.BlocksAnswered(long number, BlocksAnswer answer) -> {
                List<CheckedBlock> blocks = sync.answered(number, answer, nowMillis);
                if (repair.isDone()) {
                    mending.putBack(blocks, nowMillis);
                    take(blocks, nowMillis);
                } else {
                    repairBy(blocks, nowMillis);
                }
            }
            case ChainEvent.PeerConnected(PeerId peer) -> {
                sync.connected(peer);
                requests.connected(peer, nowMillis);
                announcer.repeatSoon(nowMillis);
            }
            case ChainEvent.PeerDisconnected(PeerId peer) -> sync.disconnected(peer);
            case ChainEvent.GoAlone() -> rule.heard();
            case ChainEvent.IntakeReady() -> {
                // It is enough that a step is made.
            }
        }
    }

    private void arrived(SignedHead head, PeerId holder, long nowMillis) {
        if (isHeldUp()) {
            heads.arrived(head);
            return;
        }
        if (repair.isDone()) {
            List<CheckedBlock> blocks = new ArrayList<>();
            for (Bytes bytes : head.head().blocks()) {
                if (!ledger.knows(Cid.dagCbor(bytes)) && verifier.check(bytes) instanceof Checking.Checked(var block)) {
                    blocks.add(block);
                }
            }
            take(blocks, nowMillis);
        }
        heads.arrived(head);
        if (!ledger.knows(head.head().cid())) {
            sync.target(HeadGate.mark(head.head()), holder, nowMillis);
        }
    }

    private void take(Collection<CheckedBlock> blocks, long nowMillis) {
        if (!blocks.isEmpty() && !isHeldUp()) {
            own.arrived(blocks, ledger::knows);
            took(ledger.arrived(blocks, nowMillis), nowMillis);
        }
    }

    /** Whether blocks are not taken in for now, since the disk fails and enough of them wait for it; heads bring them again. */
    private boolean isHeldUp() {
        return rule.hasDiskTrouble() && ledger.isFull();
    }

    private void took(Arrivals arrivals, long nowMillis) {
        sync.want(arrivals.wanted());
        if (arrivals.invalid()) {
            sync.invalid(nowMillis);
        }
        boolean writing = false;
        for (BlockNode node : arrivals.valid()) {
            writing |= !node.author().equals(self)
                    && nowMillis - node.mark().timeMillis() < Spacing.CONTENTION.toMillis();
        }
        if (writing) {
            spacing.foreign(arrivals.forked(), nowMillis);
        }
    }

    /** Makes durable what came; whether the disk is well. */
    private boolean commit(long nowMillis) {
        ChainPoint before = state.head().point();
        int orphans = state.orphans().size();
        try {
            for (SignedBlock block : ledger.commit()) {
                if (block.block().author().equals(self)) {
                    intake.retire(block.block().seq());
                }
                if (block.bytes().size() <= Limits.INLINE_BYTES) {
                    small.put(block.cid(), block);
                }
            }
        } catch (StoreException e) {
            disk.failed(e, nowMillis);
            return false;
        }
        disk.over();
        if (!state.tree().isApplied(before)) {
            heads.reorganised();
        }
        if (orphans != state.orphans().size()) {
            spacing.merging(nowMillis);
        }
        return true;
    }

    private void produce(long nowMillis) {
        if (rule.state(nowMillis) == Signing.READY) {
            try {
                own.make(nowMillis).ifPresent(block -> add(block, nowMillis));
            } catch (UncheckedIOException e) {
                disk.failed(e, nowMillis);
            }
        }
    }

    private void add(SignedBlock block, long nowMillis) {
        mergeWatch.merging(block.block().merges().stream().flatMap(cid -> stores.blocks().get(cid).stream()).toList());
        Arrivals arrivals = ledger.arrived(List.of(verifier.kept(block)), nowMillis);
        if (arrivals.valid().isEmpty()) {
            throw new IllegalStateException("our own block is not valid: " + block);
        }
        announcer.ownBlock();
        commit(nowMillis);
    }

    private void announce(long nowMillis) {
        if (rule.state(nowMillis) != Signing.READY || ledger.isDirty()) {
            return;
        }
        announcer.announce(state.head(), cid -> Optional.ofNullable(small.get(cid)).or(() -> stores.blocks().get(cid)),
                nowMillis).ifPresent(head -> {
                    gate.announced(HeadGate.mark(head.head()));
                    heads.arrived(head);
                });
    }

    private void settleHeads(long nowMillis) {
        List<HeadMark> settled = heads.settle(cid -> ledger.knows(cid) && !ledger.isFresh(cid));
        if (!settled.isEmpty()) {
            best = heads.heads(MAX_HEADS);
        }
        guarded.accepted(settled, nowMillis);
    }

    private void repairBy(List<CheckedBlock> blocks, long nowMillis) {
        repair.arrived(blocks, nowMillis);
        if (repair.isDone()) {
            rule.repairing(false);
            ledger.reset();
            state.tellAll();
        }
    }

    private long nextMillis(long nowMillis) {
        long next = Math.min(Math.min(guarded.dueMillis(), requests.dueMillis()),
                Math.max(disk.retryMillis(), ledger.nextDueMillis()));
        if (rule.state(nowMillis) == Signing.READY) {
            next = Math.min(next,
                    Math.max(disk.retryMillis(), Math.min(announcer.dueMillis(), own.dueMillis(nowMillis))));
        } else if (rule.state(nowMillis) == Signing.SYNCING) {
            next = Math.min(next, rule.patienceEndsMillis());
        } else if (rule.state(nowMillis) == Signing.WAITING_FOR_A_PEER && rule.comparisonEndsMillis() > nowMillis) {
            next = Math.min(next, rule.comparisonEndsMillis());
        }
        return rule.hasDiskTrouble() ? Math.min(next, disk.retryMillis()) : next;
    }

    private ChainStatus statusNow(long nowMillis) {
        long ahead = skew.othersAheadMillis(nowMillis).orElse(0);
        Signing signing = rule.state(nowMillis);
        clock.seen(signing, ahead);
        long known = Math.max(ledger.best().height(), sync.progress().map(SyncProgress::target).orElse(0L));
        return new ChainStatus(state.head(), known, signing, heads.standing(publishers, new CommonHeight(state.tree())),
                heads.staleness(), sync.progress(), state.orphans().size(), intake.waiting(), ahead);
    }
}
