package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.head.HeadVerdict;
import io.pinfold.chain.core.intake.Submission;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.MemoryGuard;
import io.pinfold.chain.testing.MemoryIntakeLog;
import io.pinfold.chain.testing.MemoryPinStore;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.sim.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** A peer of a {@link SimCluster}. Its stores survive crashes; its clock may be wrong. */
final class SimPeer implements StateListener {

    private static final int UNDO = 100_000;

    private final SimCluster cluster;
    private final int number;
    private final PrivateKey key;
    private final PeerId id;
    private final ChainConfig config;
    final Fate fate = new Fate();
    MemoryChainStore blocks = new MemoryChainStore();
    MemoryIntakeLog intake = new MemoryIntakeLog();
    MemoryGuard guard = new MemoryGuard();
    MemoryPinStore pins;
    /** By how much its clock is ahead. */
    long aheadMillis;
    boolean knewPeers;
    /** Whether it leaves requests for blocks without an answer. */
    boolean silent;
    /** How long it takes to answer a request for blocks; if it takes any time, the answer is one block. */
    Duration slowness = Duration.ZERO;
    /** What it asks other peers. */
    final SimCalls calls;
    final List<ChainAlert> alerts = new ArrayList<>();
    final List<Bytes> announced = new ArrayList<>();
    private final List<ChainEvent> mailbox = new ArrayList<>();
    private final Set<PeerId> connected = new HashSet<>();
    private Optional<ChainPoint> told = Optional.empty();
    private @Nullable ChainMachine machine;
    private VirtualTime.@Nullable Scheduled next;
    private long nextAt = Long.MAX_VALUE;
    private int life;

    SimPeer(SimCluster cluster, int number, ChainConfig config) {
        this.cluster = cluster;
        this.number = number;
        this.key = TestKeys.key(number);
        this.id = key.peerId();
        this.config = config;
        this.pins = new MemoryPinStore(cluster.chains.chainId(), UNDO);
        this.calls = new SimCalls(cluster, this);
    }

    PeerId id() {
        return id;
    }

    boolean isUp() {
        return machine != null;
    }

    ChainMachine machine() {
        return Objects.requireNonNull(machine);
    }

    ChainStatus status() {
        return machine().status();
    }

    long millis() {
        return cluster.time.millis() + aheadMillis;
    }

    /** Starts the peer over its stores. */
    void start() {
        int now = ++life;
        told = Optional.empty();
        machine = new ChainMachine(new ChainSetup(cluster.chains.genesis(), key,
                new ChainStores(new MortalChainStore(blocks, fate), pins, new MortalIntakeLog(intake, fate),
                        new MortalGuard(guard, fate)),
                new ChainPorts(this::announce, calls, _ -> {}, this), config, knewPeers,
                new SplittableRandom(cluster.seed * 1000 + number * 10L + now)), () -> stepAt(millis()));
        cluster.peers().forEach(SimPeer::reconnect);
        reconnect();
        stepAt(millis());
    }

    /** Kills the peer; the state it holds in memory, and what was not forced, is gone. */
    void crash() {
        crash(new MemoryPinStore(cluster.chains.chainId(), UNDO));
    }

    /** Kills the peer, whose state is {@code base} when it starts again. */
    void crash(MemoryPinStore base) {
        machine = null;
        life++;
        mailbox.clear();
        connected.clear();
        intake.crash();
        pins = base;
        fate.spare();
        cluster.peers().forEach(SimPeer::reconnect);
    }

    /** Tells the machine who can be reached now. */
    void reconnect() {
        if (machine == null) {
            return;
        }
        for (PeerId other : cluster.ids()) {
            boolean reachable = cluster.connected(id(), other);
            if (reachable && connected.add(other)) {
                knewPeers = true;
                post(new ChainEvent.PeerConnected(other));
            } else if (!reachable && connected.remove(other)) {
                post(new ChainEvent.PeerDisconnected(other));
            }
        }
    }

    /** Takes in an operation as a client's. */
    Submission submit(LogOp op) {
        return machine().intake().submit(op, Optional.empty(), millis());
    }

    /** Takes in an operation as a client's; whether it was acknowledged. Without, it may be in the log all the same. */
    boolean acknowledges(LogOp op) {
        try {
            return submit(op) instanceof Submission.Accepted;
        } catch (Fate.PowerCut e) {
            crash();
            return false;
        }
    }

    void post(ChainEvent event) {
        mailbox.add(event);
        stepAt(millis());
    }

    /** Has {@code data} come as an announcement by {@code neighbour}. */
    HeadVerdict hear(Bytes data, PeerId neighbour) {
        HeadVerdict verdict = machine().gate().judge(data, neighbour, millis());
        if (verdict instanceof HeadVerdict.Accept(SignedHead head)) {
            post(new ChainEvent.HeadArrived(head, neighbour));
        }
        return verdict;
    }

    private void announce(SignedHead head) {
        announced.add(head.bytes());
        for (PeerId other : cluster.ids()) {
            toward(other, peer -> peer.hear(head.bytes(), id()));
        }
    }

    /** Has {@code heads} come as the answer of {@code peer}, which was asked for heads. */
    void hearAnswer(List<Bytes> heads, PeerId peer) {
        calls.headsAnswered(life, peer, heads);
    }

    /** Takes in {@code event}, which is meant for its life number {@code of}. */
    void postIfAlive(int of, ChainEvent event) {
        if (life == of && machine != null) {
            post(event);
        }
    }

    /** How often it was started or killed. */
    int life() {
        return life;
    }

    @Override
    public void applied(BlockEffect effect) {
        told.ifPresent(mark -> assertThat(effect.before()).as("the listener is told every step").isEqualTo(mark));
        told = Optional.of(effect.after().point());
    }

    @Override
    public void rewound(StateMark mark) {
        told = Optional.of(mark.point());
    }

    @Override
    public void raised(ChainAlert alert) {
        alerts.add(alert);
    }

    /** Has {@code action} reach {@code other} a while later, if it is connected now and then; whether it is now. */
    boolean toward(PeerId other, Consumer<SimPeer> action) {
        if (!cluster.connected(id(), other)) {
            return false;
        }
        SimPeer peer = cluster.get(other);
        int there = peer.life;
        cluster.send(() -> {
            if (cluster.connected(id(), other) && peer.life == there) {
                action.accept(peer);
            }
        });
        return true;
    }

    private void stepAt(long at) {
        if (at >= nextAt && next != null) {
            return;
        }
        if (next != null) {
            next.cancel();
        }
        nextAt = at;
        int now = life;
        next = cluster.time.schedule(Duration.ofMillis(Math.max(0, at - millis())), () -> {
            next = null;
            nextAt = Long.MAX_VALUE;
            if (life == now && machine != null) {
                List<ChainEvent> events = List.copyOf(mailbox);
                mailbox.clear();
                step(machine, events);
            }
        });
    }

    private void step(ChainMachine running, List<ChainEvent> events) {
        try {
            stepAt(Math.min(running.step(events, millis()), millis() + 60_000));
        } catch (Fate.PowerCut e) {
            crash();
        }
    }
}
