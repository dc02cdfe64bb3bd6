package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.HeadVerdict;
import io.pinfold.chain.core.intake.Submission;
import io.pinfold.chain.core.sync.BlockServer;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running chain: a {@link ChainMachine} driven by a thread of its own.
 *
 * <p>All methods may be called from any thread. {@link #close} returns when the thread has ended; the stores are then no
 * longer used, and may be closed by whoever opened them.
 */
public final class ChainPeer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChainPeer.class);
    /** The longest time between two steps. */
    private static final long MAX_IDLE_MILLIS = 60_000;
    private static final long PAUSE_AFTER_ERROR_MILLIS = 1000;

    private final Mailbox mailbox = new Mailbox();
    private final InstantSource clock;
    private final ChainMachine machine;
    private final BlockServer server;
    private final Thread thread;

    /** Replays what the state lacks, which may take seconds, and starts. */
    public ChainPeer(ChainSetup setup, InstantSource clock) {
        this.clock = clock;
        this.machine = new ChainMachine(setup, mailbox::wake);
        this.server = new BlockServer(setup.stores().blocks());
        this.thread = Thread.ofPlatform().name("chain").start(this::run);
    }

    /** Takes in an operation of a client; returns when it is durable or refused. */
    public Submission submit(LogOp op, Optional<String> key) {
        if (machine.status().signing() == Signing.NOT_A_PUBLISHER) {
            return new Submission.Refused(Submission.Reason.NOT_A_PUBLISHER,
                    "This peer is not trusted to change the pinset: its key is not among the publishers.");
        }
        return machine.intake().submit(op, key, clock.millis());
    }

    /** The newest operation on {@code cid} that is acknowledged and not in the state yet. */
    public Optional<LogOp> pending(Cid cid) {
        return machine.intake().newest(cid);
    }

    /** Judges {@code data}, announced by {@code neighbour}, and takes it in if it is accepted. */
    public HeadVerdict announced(Bytes data, PeerId neighbour) {
        HeadVerdict verdict = machine.gate().judge(data, neighbour, clock.millis());
        if (verdict instanceof HeadVerdict.Accept(SignedHead head)) {
            mailbox.offer(new ChainEvent.HeadArrived(head, neighbour));
        }
        return verdict;
    }

    /** Takes in the encoded heads that {@code peer} answered, at most {@link ChainMachine#MAX_HEADS}. */
    public void headsAnswered(PeerId peer, List<Bytes> encoded) {
        List<SignedHead> heads = new ArrayList<>();
        for (Bytes data : encoded.subList(0, Math.min(encoded.size(), ChainMachine.MAX_HEADS))) {
            if (data.size() <= Limits.HEAD_BYTES && machine.gate()
                    .judgeAnswer(data, peer,
                            clock.millis()) instanceof HeadVerdict.Accept(SignedHead head)) {
                heads.add(head);
            }
        }
        mailbox.offer(new ChainEvent.HeadsAnswered(peer, heads));
    }

    /** Takes in the answer to the request {@code number}. */
    public void blocksAnswered(long number, BlocksAnswer answer) {
        mailbox.put(new ChainEvent.BlocksAnswered(number, answer));
    }

    /** {@code peer} can be asked from now on. */
    public void connected(PeerId peer) {
        mailbox.put(new ChainEvent.PeerConnected(peer));
    }

    /** {@code peer} cannot be asked any more. */
    public void disconnected(PeerId peer) {
        mailbox.put(new ChainEvent.PeerDisconnected(peer));
    }

    /** Has this peer sign without having heard of any other. */
    public void goAlone() {
        mailbox.put(new ChainEvent.GoAlone());
    }

    /** Where the chain stands. */
    public ChainStatus status() {
        return machine.status();
    }

    /** The best heads that this peer knows, for peers that ask. */
    public List<SignedHead> heads() {
        return machine.heads();
    }

    /** Answers other peers' requests for blocks. */
    public BlockServer blocks() {
        return server;
    }

    /** The rules that blocks are judged by, for {@link BlocksAnswer#of}. */
    public BlockVerifier verifier() {
        return machine.verifier();
    }

    @Override
    public void close() {
        machine.intake().close();
        mailbox.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long next = 0;
        while (!mailbox.isClosed()) {
            try {
                long wait = Math.clamp(next - clock.millis(), 0, MAX_IDLE_MILLIS);
                List<ChainEvent> events = mailbox.take(wait);
                if (!mailbox.isClosed()) {
                    next = machine.step(events, clock.millis());
                }
            } catch (InterruptedException e) {
                mailbox.close();
            } catch (RuntimeException e) {
                LOG.error("a step of the chain failed", e);
                next = clock.millis() + PAUSE_AFTER_ERROR_MILLIS;
            }
        }
        machine.close();
    }
}
