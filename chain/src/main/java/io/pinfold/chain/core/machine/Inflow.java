package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.chain.core.tree.BlockNode;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.core.verify.Checking;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What comes in: takes events, and the heads and blocks in them, to the parts that they concern. Writes nothing. */
final class Inflow {

    private final ChainParts parts;
    private final Ledger ledger;
    private final ChainSync sync;
    private final SigningRule rule;
    private final Repair repair;

    Inflow(ChainParts parts) {
        this.parts = parts;
        this.ledger = parts.ledger;
        this.sync = parts.sync;
        this.rule = parts.rule;
        this.repair = parts.repair;
    }

    /** Takes in {@code event}. */
    void handle(ChainEvent event, long nowMillis) {
        switch (event) {
            case ChainEvent.HeadArrived(SignedHead head, PeerId neighbour) -> arrived(head, neighbour, nowMillis);
            case ChainEvent.HeadsAnswered(PeerId peer, List<SignedHead> answered) -> {
                answered.forEach(head -> arrived(head, peer, nowMillis));
                rule.heard();
            }
            case ChainEvent.BlocksAnswered(long number, BlocksAnswer answer) -> {
                List<CheckedBlock> blocks = sync.answered(number, answer, nowMillis);
                if (repair.isDone()) {
                    parts.mending.putBack(blocks, nowMillis);
                    take(blocks, nowMillis);
                } else {
                    repairBy(blocks, nowMillis);
                }
            }
            case ChainEvent.PeerConnected(PeerId peer) -> {
                sync.connected(peer);
                parts.requests.connected(peer, nowMillis);
                parts.announcer.repeatSoon(nowMillis);
            }
            case ChainEvent.PeerDisconnected(PeerId peer) -> sync.disconnected(peer);
            case ChainEvent.GoAlone() -> {
                rule.heard();
                parts.numbers.alone();
            }
            case ChainEvent.IntakeReady() -> {
                // It is enough that a step is made.
            }
        }
    }

    /** Judges again the blocks of the future whose time has come. */
    void takeDue(long nowMillis) {
        took(ledger.due(nowMillis), nowMillis);
    }

    private void arrived(SignedHead head, PeerId holder, long nowMillis) {
        if (isHeldUp()) {
            parts.heads.arrived(head);
            return;
        }
        if (repair.isDone()) {
            take(inline(head), nowMillis);
        }
        parts.heads.arrived(head);
        if (!ledger.knows(head.head().cid())) {
            sync.target(HeadGate.mark(head.head()), holder, nowMillis);
        }
    }

    /** The blocks inside {@code head} that are not here. */
    private List<CheckedBlock> inline(SignedHead head) {
        List<CheckedBlock> blocks = new ArrayList<>();
        for (Bytes bytes : head.head().blocks()) {
            if (!ledger.knows(Cid.dagCbor(bytes))
                    && parts.verifier.check(bytes) instanceof Checking.Checked(var block)) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private void take(Collection<CheckedBlock> blocks, long nowMillis) {
        if (!blocks.isEmpty() && !isHeldUp()) {
            parts.own.arrived(blocks, ledger::knows);
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
            writing |= !node.author().equals(parts.self)
                    && nowMillis - node.mark().timeMillis() < Spacing.CONTENTION.toMillis();
        }
        if (writing) {
            parts.spacing.foreign(arrivals.forked(), nowMillis);
        }
    }

    private void repairBy(List<CheckedBlock> blocks, long nowMillis) {
        repair.arrived(blocks, nowMillis);
        if (repair.isDone()) {
            rule.repairing(false);
            ledger.reset();
            parts.state.tellAll();
        }
    }
}
