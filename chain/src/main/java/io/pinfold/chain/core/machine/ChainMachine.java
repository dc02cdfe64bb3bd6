package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.Block;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain of one peer. One thread calls {@link #step}, with what has happened since the last time and the clock; all
 * effects leave through ports before it returns.
 *
 * <p>A step takes in all events, makes what they brought durable with one force, then makes at most one block of its own.
 * {@link #status} and {@link #heads} may be read by any thread.
 */
public final class ChainMachine {

    /** How often heads that were accepted are written to the guard log. */
    static final Duration GUARD_INTERVAL = Duration.ofSeconds(1);
    /** How long the disk is left alone after it failed. */
    static final Duration DISK_RETRY = Duration.ofSeconds(2);
    /** How often peers are asked again for their heads while this one waits for an answer before it signs. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    /** The greatest number of heads in an answer to another peer. */
    static final int MAX_HEADS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(ChainMachine.class);
    private static final int SMALL_BLOCKS = 256;

    private final BlockVerifier verifier;
    private final PeerId self;
    private final StateListener listener;
    private final ChainPorts ports;
    private final ChainStores stores;
    private final StateFollower state;
    private final Intake intake;
    private final Guard guard;
    private final ClockSkew skew;
    private final HeadGate gate;
    private final HeadBook heads;
    private final ChainSync sync;
    private final SigningRule rule;
    private final Spacing spacing;
    private final Producer producer;
    private final Announcer announcer;
    private final MergeWatch mergeWatch;
    private final Ledger ledger;
    private final Mending mending;
    private final List<HeadMark> unguarded = new ArrayList<>();
    private final Map<Cid, SignedBlock> small = new BoundedMap<>(SMALL_BLOCKS);
    private final Set<PeerId> publishers;

    private boolean repaired;
    private boolean opened;
    private boolean progress;
    private boolean skewed;
    /** The highest number of a block of our key that was not made here. */
    private long highestSeen;
    private long guardAt = Long.MAX_VALUE;
    private long diskAt = Long.MIN_VALUE;
    private long askAt = Long.MAX_VALUE;
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
        this.listener = ports.listener();
        this.stores = setup.stores();
        this.guard = stores.guard();
        this.publishers = verifier.trust().newest().keys().publishers();
        this.skew = new ClockSkew(self);
        this.gate = new HeadGate(verifier.chainId(), verifier.trust(), guard.heads(), skew);
        this.heads = new HeadBook(guard.heads(), setup.config().staleAfter());
        this.state = new StateFollower(verifier, stores.blocks(), stores.pins(), listener, setup.treeCapacity());
        this.repaired = state.catchUp();
        this.ledger = new Ledger(verifier, stores.blocks(), state, ports);
        this.sync = new ChainSync(ports.source(), ledger::knows, setup.random());
        this.mending = new Mending(stores.blocks(), sync, listener);
        this.intake = new Intake(stores.intake(), self, publishers.contains(self), setup.genesis(), used(), wake);
        this.spacing = new Spacing(setup.config().slot(), setup.random());
        this.rule = new SigningRule(publishers.contains(self), publishers.equals(Set.of(self)), skew,
                setup.config().alone() || !setup.knewPeers());
        this.producer = new Producer(verifier.chainId(), setup.key(), intake, guard, state.orphans(), spacing);
        this.announcer = new Announcer(verifier.chainId(), setup.key(), ports.heads(), setup.config().repeat(),
                setup.random());
        this.mergeWatch = new MergeWatch(state.tree(), state.recent(), listener);
        if (!repaired) {
            repair();
        }
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
        progress = false;
        rule.started(nowMillis);
        for (ChainEvent event : events) {
            handle(event, nowMillis);
        }
        if (repaired && nowMillis >= diskAt) {
            took(ledger.due(nowMillis), nowMillis);
            if (commit(nowMillis)) {
                produce(nowMillis);
                announce(nowMillis);
            }
        }
        settleHeads(nowMillis);
        askAgain(nowMillis);
        if (repaired) {
            mending.ask(nowMillis);
        }
        long next = sync.tick(ledger.best().height(), nowMillis);
        rule.behind(sync.isBehind(ledger.best()), progress, nowMillis);
        writeGuard(nowMillis);
        status = statusNow(nowMillis);
        return Math.min(next, nextMillis(nowMillis));
    }

    /** Writes what is still to be written, after the last step. */
    public void close() {
        guardAt = unguarded.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
        writeGuard(0);
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
                if (repaired) {
                    mend(blocks, nowMillis);
                    take(blocks, nowMillis);
                } else {
                    repairBy(blocks, nowMillis);
                }
            }
            case ChainEvent.PeerConnected(PeerId peer) -> {
                sync.connected(peer);
                ports.source().requestHeads(peer);
                askAt = Math.min(askAt, nowMillis + ASK_AGAIN.toMillis());
                announcer.repeatSoon(nowMillis);
            }
            case ChainEvent.PeerDisconnected(PeerId peer) -> sync.disconnected(peer);
            case ChainEvent.GoAlone() -> rule.heard();
            case ChainEvent.IntakeReady() -> {
                // It is enough that a step is made.
            }
        }
    }

    private void askAgain(long nowMillis) {
        if (nowMillis >= askAt) {
            askAt = rule.wantsToHear() ? nowMillis + ASK_AGAIN.toMillis() : Long.MAX_VALUE;
            if (rule.wantsToHear()) {
                sync.peers().stream().sorted().forEach(ports.source()::requestHeads);
            }
        }
    }

    private void arrived(SignedHead head, PeerId holder, long nowMillis) {
        if (isHeldUp()) {
            heads.arrived(head);
            return;
        }
        if (repaired) {
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
            sync.target(HeadGate.mark(head.head()), holder);
        }
    }

    private void take(Collection<CheckedBlock> blocks, long nowMillis) {
        if (!blocks.isEmpty() && !isHeldUp()) {
            noticeOwn(blocks);
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
            progress = true;
            writing |= !node.author().equals(self)
                    && nowMillis - node.mark().timeMillis() < Spacing.CONTENTION.toMillis();
        }
        if (writing) {
            spacing.foreign(arrivals.forked(), nowMillis);
        }
    }

    /** Notices blocks of our key that were not made here, wherever they stand. */
    private void noticeOwn(Collection<CheckedBlock> blocks) {
        for (CheckedBlock checked : blocks) {
            Block block = checked.block().block();
            if (block.author().equals(self) && !ledger.knows(checked.cid())) {
                highestSeen = Math.max(highestSeen, block.seq());
                opened = false;
                listener.raised(new ChainAlert.KeyUsedElsewhere(block.seq(), checked.cid()));
            }
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
            diskFailed(e, nowMillis);
            return false;
        }
        rule.diskTrouble(false);
        if (!state.tree().isApplied(before)) {
            heads.reorganised();
        }
        if (orphans != state.orphans().size()) {
            spacing.merging(nowMillis);
        }
        return true;
    }

    private void produce(long nowMillis) {
        if (rule.state(nowMillis) != Signing.READY || nowMillis < producibleMillis()) {
            return;
        }
        try {
            if (!opened) {
                intake.open(used(), seq -> state.head().sequences().contains(self, seq)
                        || state.orphans().contains(self, seq));
                opened = true;
            }
            if (producer.dueMillis(state.head(), nowMillis) > nowMillis) {
                return;
            }
            Optional<SignedBlock> made = producer.make(state.head(), nowMillis);
            if (made.isPresent()) {
                add(made.get(), nowMillis);
            }
        } catch (UncheckedIOException e) {
            diskFailed(e, nowMillis);
        }
    }

    /** From when a block on our head would not be of the future. */
    private long producibleMillis() {
        return state.head().timeMillis() - Limits.CLOCK_TOLERANCE.toMillis();
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
        unguarded.addAll(settled);
        if (!settled.isEmpty()) {
            best = heads.heads(MAX_HEADS);
            guardAt = Math.min(guardAt, nowMillis + GUARD_INTERVAL.toMillis());
        }
    }

    private void writeGuard(long nowMillis) {
        if (nowMillis < guardAt) {
            return;
        }
        try {
            guard.accept(unguarded);
            unguarded.clear();
            guardAt = Long.MAX_VALUE;
        } catch (UncheckedIOException e) {
            guardAt = nowMillis + DISK_RETRY.toMillis();
            diskFailed(e, nowMillis);
        }
    }

    private void repair() {
        rule.repairing(true);
        List<Cid> missing = stores.blocks().missing();
        LOG.error("blocks of the chain store are damaged, {} of them known: {}", missing.size(), missing);
        missing.stream().findFirst().ifPresent(first -> listener.raised(new ChainAlert.Damaged(first)));
        sync.want(missing);
    }

    private void mend(List<CheckedBlock> blocks, long nowMillis) {
        try {
            mending.putBack(blocks);
        } catch (StoreException e) {
            diskFailed(e, nowMillis);
        }
    }

    private void repairBy(List<CheckedBlock> blocks, long nowMillis) {
        if (blocks.isEmpty()) {
            return;
        }
        try {
            stores.blocks()
                    .append(blocks.stream().map(CheckedBlock::block).toList(),
                            stores.blocks().head().orElseThrow());
            repaired = state.catchUp();
        } catch (StoreException e) {
            diskFailed(e, nowMillis);
        }
        if (repaired) {
            rule.repairing(false);
            ledger.reset();
            state.tellAll();
        } else {
            repair();
        }
    }

    private void diskFailed(UncheckedIOException e, long nowMillis) {
        LOG.debug("the disk failed, next try in {}", DISK_RETRY, e);
        diskAt = nowMillis + DISK_RETRY.toMillis();
        rule.diskTrouble(true);
        listener.raised(new ChainAlert.DiskTrouble(e instanceof StoreException store
                ? sentence(store.failure())
                : String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage())));
    }

    private static String sentence(StoreFailure failure) {
        return failure.kind() == StoreFailure.Kind.DISK_FULL ? "the disk is full" : failure.detail();
    }

    /** The highest sequence number of ours that is or may be used. */
    private long used() {
        return Math.max(Math.max(guard.reserved(), highestSeen),
                Math.max(state.head().sequences().of(self).highest(), state.orphans().highest(self)));
    }

    private long nextMillis(long nowMillis) {
        long next = Math.min(Math.min(guardAt, askAt), Math.max(diskAt, ledger.nextDueMillis()));
        if (rule.state(nowMillis) == Signing.READY) {
            long block = Math.max(producibleMillis(), opened ? producer.dueMillis(state.head(), nowMillis) : nowMillis);
            next = Math.min(next, Math.max(diskAt, Math.min(announcer.dueMillis(), block)));
        } else if (rule.state(nowMillis) == Signing.SYNCING) {
            next = Math.min(next, rule.patienceEndsMillis());
        } else if (rule.state(nowMillis) == Signing.WAITING_FOR_A_PEER && rule.comparisonEndsMillis() > nowMillis) {
            next = Math.min(next, rule.comparisonEndsMillis());
        }
        return rule.hasDiskTrouble() ? Math.min(next, diskAt) : next;
    }

    private ChainStatus statusNow(long nowMillis) {
        long ahead = skew.othersAheadMillis(nowMillis).orElse(0);
        Signing signing = rule.state(nowMillis);
        if (signing == Signing.CLOCK_WRONG && !skewed) {
            listener.raised(new ChainAlert.ClockSkewed(ahead));
        }
        skewed = signing == Signing.CLOCK_WRONG;
        long known = Math.max(ledger.best().height(), sync.progress().map(SyncProgress::target).orElse(0L));
        return new ChainStatus(state.head(), known, signing, heads.standing(publishers, this::commonHeight),
                heads.staleness(), sync.progress(), state.orphans().size(), intake.waiting(), ahead);
    }

    /** The height up to which the branch that ends at {@code point} is the applied one. */
    private long commonHeight(ChainPoint point) {
        ChainPoint at = point;
        for (int steps = 0; steps < MergeWatch.MAX_WALK; steps++) {
            if (state.tree().isApplied(at)) {
                return at.height();
            }
            Optional<ChainPoint> below = state.tree().below(at.cid());
            if (below.isEmpty()) {
                return 0;
            }
            at = below.get();
        }
        return 0;
    }
}
