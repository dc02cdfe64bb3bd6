package io.pinfold.follower.assembly;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.chain.core.intake.Submission;
import io.pinfold.chain.core.machine.ChainConfig;
import io.pinfold.chain.core.machine.ChainMachine;
import io.pinfold.chain.core.machine.ChainPorts;
import io.pinfold.chain.core.machine.ChainSetup;
import io.pinfold.chain.core.machine.Signing;
import io.pinfold.follower.chain.ChainThread;
import io.pinfold.follower.chain.LateChannel;
import io.pinfold.follower.monitor.Alerts;
import io.pinfold.follower.offline.FolderUnusableException;
import io.pinfold.follower.peers.KnownPeersFile;
import io.pinfold.follower.pins.PresentPins;
import io.pinfold.multiformats.Cid;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes many pins in as operations of a peer that does not run.
 *
 * <p>The chain works as in a running peer, but for the network: operations are durable in the intake first, and become blocks at
 * once if the signing rule allows it without other peers. If not, they wait in the intake for the peer to run, and there is room
 * for {@link io.pinfold.chain.core.intake.Intake#MAX_OPS} of them.
 */
public final class OfflineImport implements AutoCloseable {

    /** Most pins in one call of {@link #add}. */
    public static final int MAX_BATCH = 1_024;

    private static final Duration POLL = Duration.ofMillis(20);
    /** Longer than a start compares clocks and waits for what it announced. */
    private static final Duration DECISION = Duration.ofSeconds(5);
    /** How long blocks may take without any being made. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stores stores;
    private final ChainThread thread;
    private final ChainMachine machine;
    private final InstantSource clock;
    private final boolean mayBeAlone;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    /** What came of adding pins. */
    public sealed interface Added {

        /** All are durable. */
        record All() implements Added {}

        /** Only {@code done} of them are durable, since too many wait for a block, which this peer may not make now. */
        record Full(int done) implements Added {}

        /** Only {@code done} of them are durable; {@code detail} is a sentence for people. */
        record Failed(int done, String detail) implements Added {}
    }

    private OfflineImport(Stores stores, ChainThread thread, boolean mayBeAlone, InstantSource clock) {
        this.stores = stores;
        this.thread = thread;
        this.machine = thread.machine();
        this.mayBeAlone = mayBeAlone;
        this.clock = clock;
    }

    /** Opens the chain in the folder of {@code setup}, which the caller has locked. */
    public static OfflineImport open(PeerSetup setup, InstantSource clock) throws FolderUnusableException {
        var files = new PeerFiles(setup.folder());
        var alerts = new Alerts(setup.identity().id(), clock);
        Cid cluster = GenesisCodec.chainId(setup.genesis());
        boolean knewPeers = new KnownPeersFile(files.peers()).exists();
        try {
            Stores stores = Stores.open(files, cluster, setup.identity().id(), clock, alerts);
            boolean opened = false;
            try {
                var opening = new OfflineImport(stores, thread(setup, stores, knewPeers, alerts, clock),
                        setup.config().trust().alone() || !knewPeers, clock);
                opening.thread.start();
                opened = true;
                return opening;
            } finally {
                if (!opened) {
                    stores.removals.close();
                    stores.close();
                }
            }
        } catch (Stores.UnusableException e) {
            throw new FolderUnusableException(String.valueOf(e.getMessage()));
        }
    }

    private static ChainThread thread(PeerSetup setup, Stores stores, boolean knewPeers, Alerts alerts,
            InstantSource clock) {
        var nobody = new LateChannel();
        var ports = new ChainPorts(nobody, nobody, _ -> {}, new Listener(alerts));
        var config = new ChainConfig(setup.config().chain().staleAfter(), setup.config().chain().reannounceInterval(),
                ChainConfig.DEFAULT.slot(), setup.config().trust().alone());
        var chain = new ChainSetup(setup.genesis(), setup.identity().key(), stores.chain, ports, config,
                knewPeers, new SecureRandom());
        return new ChainThread(wake -> new ChainMachine(chain, wake), clock, () -> {},
                e -> alerts.raise("chain_failed", "A step of the chain failed: " + e));
    }

    /** The pin of {@code cid} as it is, or will be by operations that wait for a block. */
    public Optional<Pin> present(Cid cid) {
        return new PresentPins(machine.intake(), stores.pins).get(cid);
    }

    /** Waits a moment for the signing rule's decision: whether blocks are made without other peers. */
    public boolean signs() throws InterruptedException {
        long deadline = clock.millis() + DECISION.toMillis();
        while (mayBeAlone && !isReady() && clock.millis() < deadline) {
            Thread.sleep(POLL);
        }
        return isReady();
    }

    /** Why no block is made, for people; empty if they are made. */
    public Optional<String> hindrance() {
        return switch (machine.status().signing()) {
            case READY, NOT_A_PUBLISHER -> Optional.empty();
            case WAITING_FOR_A_PEER -> Optional.of("no other peer can be heard of now");
            case REPAIRING -> Optional.of("the chain store has damaged blocks, which other peers must give again");
            case SYNCING -> Optional.of("blocks are missing that other peers have");
            case CLOCK_WRONG -> Optional.of("the clock is wrong");
            case DISK_TROUBLE -> Optional.of("the disk is full or fails");
        };
    }

    /** Takes in {@code pins}, each of another CID; returns when they are durable. */
    public Added add(Collection<Pin> pins) throws InterruptedException {
        List<Pin> left = List.copyOf(pins);
        if (left.size() > MAX_BATCH) {
            throw new IllegalArgumentException(left.size() + " pins at once");
        }
        long waiting = Long.MAX_VALUE;
        long deadline = clock.millis() + PATIENCE.toMillis();
        while (true) {
            List<Pin> busy = new ArrayList<>();
            Optional<String> failure = submit(left, busy);
            if (failure.isPresent()) {
                return new Added.Failed(pins.size() - busy.size(), failure.get());
            }
            if (busy.isEmpty()) {
                return new Added.All();
            }
            if (machine.intake().waiting() < waiting) {
                waiting = machine.intake().waiting();
                deadline = clock.millis() + PATIENCE.toMillis();
            }
            if (!isReady() || clock.millis() >= deadline) {
                return new Added.Full(pins.size() - busy.size());
            }
            left = busy;
            Thread.sleep(POLL);
        }
    }

    /** Waits until what was taken in is in blocks, as long as that goes on; returns how many operations still wait. */
    public long settle() throws InterruptedException {
        long waiting = machine.intake().waiting();
        long deadline = clock.millis() + PATIENCE.toMillis();
        while (waiting > 0 && isReady() && clock.millis() < deadline) {
            Thread.sleep(POLL);
            long now = machine.intake().waiting();
            if (now < waiting) {
                waiting = now;
                deadline = clock.millis() + PATIENCE.toMillis();
            }
        }
        return machine.intake().waiting();
    }

    /** The height of the state. */
    public long height() {
        return stores.pins.mark().height();
    }

    /** Ends the chain and closes its stores; what waits in the intake is durable. */
    @Override
    public void close() {
        clients.close();
        machine.intake().close();
        thread.close();
        stores.removals.close();
        stores.close();
    }

    private boolean isReady() {
        return machine.status().signing() == Signing.READY;
    }

    /** Submits {@code pins} at once, so that they share a force; those that were not taken go into {@code left}. */
    private Optional<String> submit(List<Pin> pins, List<Pin> left) throws InterruptedException {
        long now = clock.millis();
        List<Future<Submission>> answers = new ArrayList<>(pins.size());
        for (Pin pin : pins) {
            answers.add(clients
                    .submit(() -> machine.intake().submit(new LogOp.PinOp(pin), Optional.empty(), now)));
        }
        Optional<String> failure = Optional.empty();
        for (int i = 0; i < pins.size(); i++) {
            if (answer(answers.get(i)) instanceof Submission.Refused(Submission.Reason reason, String detail)) {
                left.add(pins.get(i));
                failure = reason == Submission.Reason.BUSY ? failure : Optional.of(detail);
            }
        }
        return failure;
    }

    private static Submission answer(Future<Submission> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("taking a pin in", e.getCause());
        }
    }

    /** Nobody but the log hears of the chain. */
    private record Listener(Alerts alerts) implements StateListener {

        @Override
        public void applied(BlockEffect effect) {}

        @Override
        public void rewound(StateMark mark) {}

        @Override
        public void raised(ChainAlert alert) {
            alerts.raise(alert);
        }
    }
}
