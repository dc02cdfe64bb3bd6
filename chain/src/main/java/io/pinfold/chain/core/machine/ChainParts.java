package io.pinfold.chain.core.machine;

import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.head.ClockSkew;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.Guard;
import java.util.Set;

/** The parts of one peer's chain, made and put together; each is used by the chain's thread unless it says otherwise. */
final class ChainParts {

    final PeerId self;
    final ChainPorts ports;
    final ChainStores stores;
    final BlockVerifier verifier;
    final Set<PeerId> publishers;
    final StateFollower state;
    final Ledger ledger;
    final ChainSync sync;
    final ClockSkew skew;
    final HeadGate gate;
    final HeadBook heads;
    final GuardedHeads guarded;
    final HeadRequests requests;
    final SigningRule rule;
    final OwnNumbers numbers;
    final Intake intake;
    final Spacing spacing;
    final OwnBlocks own;
    final Announcer announcer;
    final MergeWatch mergeWatch;
    final ClockWatch clock;
    final DiskTrouble disk;
    final Repair repair;
    final Mending mending;

    /** The parts of the chain of {@code setup}; replays what the state lacks. {@code wake} is called when a step is due. */
    ChainParts(ChainSetup setup, Runnable wake) {
        ChainConfig config = setup.config();
        self = setup.key().peerId();
        ports = setup.ports();
        stores = setup.stores();
        verifier = new BlockVerifier(setup.genesis());
        publishers = verifier.trust().newest().keys().publishers();
        StateListener listener = ports.listener();
        Guard guard = stores.guard();
        skew = new ClockSkew(self);
        clock = new ClockWatch(listener);
        gate = new HeadGate(verifier.chainId(), verifier.trust(), guard.heads(), skew);
        heads = new HeadBook(guard.heads(), config.staleAfter());
        state = new StateFollower(verifier, stores.blocks(), stores.pins(), listener, setup.treeCapacity());
        boolean replayed = state.catchUp();
        ledger = new Ledger(verifier, stores.blocks(), state, ports);
        sync = new ChainSync(ports.source(), ledger::knows, setup.random());
        intake = new Intake(stores.intake(), self, publishers.contains(self), setup.genesis(),
                OwnBlocks.used(self, state, guard), wake);
        spacing = new Spacing(config.slot(), setup.random());
        rule = new SigningRule(publishers.contains(self), publishers.equals(Set.of(self)), skew,
                config.alone() || !setup.knewPeers());
        numbers = new OwnNumbers(self, publishers, config.alone());
        requests = new HeadRequests(rule, sync, ports.source());
        disk = new DiskTrouble(rule, listener);
        repair = new Repair(replayed, stores.blocks(), state, sync, listener, disk);
        rule.repairing(!replayed);
        mending = new Mending(stores.blocks(), sync, listener, disk);
        guarded = new GuardedHeads(guard, disk);
        own = new OwnBlocks(state, guard, intake,
                new Producer(verifier.chainId(), setup.key(), intake, guard, state.orphans(), spacing), self, listener);
        announcer = new Announcer(verifier.chainId(), setup.key(), ports.heads(), config.repeat(), setup.random());
        mergeWatch = new MergeWatch(state.tree(), state.recent(), listener);
    }
}
