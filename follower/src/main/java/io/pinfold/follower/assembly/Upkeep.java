package io.pinfold.follower.assembly;

import io.pinfold.chain.core.machine.ChainMachine;
import io.pinfold.chain.core.machine.Signing;
import io.pinfold.follower.chain.BackupMark;
import io.pinfold.follower.chain.BackupPins;
import io.pinfold.follower.monitor.Alerts;
import io.pinfold.follower.monitor.ClusterMonitor;
import io.pinfold.follower.monitor.NodeVersion;
import io.pinfold.follower.monitor.TroubleWatch;
import io.pinfold.follower.pins.ExpiredPins;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a peer does now and then beside its work: looking for trouble, at the IPFS node's version, for expired pins, and
 * keeping the chain's blocks pinned.
 */
final class Upkeep implements AutoCloseable {

    /** Long enough for a start to be over, which has enough to do. */
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration NODE_PAUSE = Duration.ofSeconds(15);
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(20);
    private static final Duration BACKUP_PAUSE = Duration.ofMinutes(1);
    private static final Duration EXPIRY_PAUSE = Duration.ofMinutes(1);

    private final Rounds rounds = new Rounds();

    private Upkeep() {}

    /** Begins. */
    static Upkeep start(PeerSetup setup, ChainMachine machine, Stores stores, Membership membership, Pinning pinning,
            ClusterMonitor monitor, Alerts alerts, Counters counters, InstantSource clock) {
        var upkeep = new Upkeep();
        var version = new NodeVersion(alerts);
        upkeep.rounds.every("node-version", FIRST, NODE_PAUSE, () -> version.note(membership.node.get()));
        var trouble = new TroubleWatch(alerts, monitor::sync, () -> pinning.tracker.metrics().removals(),
                setup.config().chain().staleAfter(), setup.config().tracker().removal().guard().grace(), clock);
        upkeep.rounds.every("trouble", FIRST, WATCH_PAUSE, trouble::round);
        var expired = new ExpiredPins(setup.identity().id(), setup.genesis().keys().publishers(), stores.pins,
                machine.intake(), () -> machine.status().signing() == Signing.READY, clock);
        upkeep.rounds.every("expiry", FIRST, EXPIRY_PAUSE, expired::round);
        if (setup.config().pinning().copiesBlocks()) {
            var mark = new BackupMark(new PeerFiles(setup.folder()).backup(), pinning.node.name());
            var backup = new BackupPins(machine.verifier().chainId(), stores.blocks, pinning.node, mark, counters);
            upkeep.rounds.every("backup-pins", FIRST, BACKUP_PAUSE, backup::round);
        }
        return upkeep;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
