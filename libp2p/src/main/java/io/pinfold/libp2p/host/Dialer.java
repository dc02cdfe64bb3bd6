package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.DialResult.Attempt;
import io.pinfold.libp2p.DialResult.Reason;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Dials peers: each peer once at a time, its addresses one after the other with a head start, the first connection wins.
 *
 * <p>Who asks for a peer that is being dialled already waits for that dial. A connection that comes when another one has
 * won, or when nobody waits any more, is closed.
 */
final class Dialer {

    private final HostConfig.Dials limits;
    private final DialBackOff backOff;
    private final Attempter attempter;
    private final ExecutorService tasks;
    private final Semaphore places;
    private final Map<PeerId, CompletableFuture<DialResult>> underWay = new ConcurrentHashMap<>();

    /** Tries one address, blocking until the deadline at most. */
    @FunctionalInterface
    interface Attempter {
        /** The connection, or why there is none. */
        Outcome attempt(PeerId peer, Multiaddr address, Deadline deadline);
    }

    /** What one address came to. */
    sealed interface Outcome {

        record Reached(PeerConnection connection) implements Outcome {}

        record Missed(Attempt attempt) implements Outcome {}
    }

    Dialer(HostConfig.Dials limits, DialBackOff backOff, Attempter attempter, ExecutorService tasks) {
        this.limits = limits;
        this.backOff = backOff;
        this.attempter = attempter;
        this.tasks = tasks;
        places = new Semaphore(limits.concurrent(), true);
    }

    /** Dials {@code peer} at {@code addresses}. */
    DialResult dial(PeerId peer, List<Multiaddr> addresses, Deadline deadline) {
        CompletableFuture<DialResult> mine = new CompletableFuture<>();
        CompletableFuture<DialResult> other = underWay.putIfAbsent(peer, mine);
        if (other != null) {
            DialResult result = await(other, addresses, deadline);
            if (result instanceof DialResult.Connected || deadline.passed()) {
                return result;
            }
            return run(peer, addresses, deadline);
        }
        DialResult result = failed(addresses, Reason.CLOSED, "the dial broke off");
        try {
            result = run(peer, addresses, deadline);
            return result;
        } finally {
            underWay.remove(peer, mine);
            mine.complete(result);
        }
    }

    private static DialResult await(CompletableFuture<DialResult> other, List<Multiaddr> addresses, Deadline deadline) {
        try {
            return other.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return failed(addresses, Reason.TIMEOUT, "another dial of this peer takes longer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(addresses, Reason.CLOSED, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private DialResult run(PeerId peer, List<Multiaddr> addresses, Deadline deadline) {
        List<Attempt> missed = new ArrayList<>();
        List<Multiaddr> due = new ArrayList<>();
        for (Multiaddr address : addresses) {
            if (due.size() >= limits.maxAddresses()) {
                missed.add(new Attempt(address, Reason.LIMIT, "more than " + limits.maxAddresses() + " addresses"));
            } else if (backOff.allows(peer, address)) {
                due.add(address);
            } else {
                missed.add(new Attempt(address, Reason.BACK_OFF, "it failed a short while ago"));
            }
        }
        try {
            if (due.isEmpty()) {
                return new DialResult.Failed(missed);
            }
            if (!places.tryAcquire(deadline.leftNanos(), TimeUnit.NANOSECONDS)) {
                return failed(addresses, Reason.LIMIT, "too many dials are under way");
            }
            try {
                return race(peer, due, missed, deadline);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(addresses, Reason.CLOSED, "interrupted");
        }
    }

    private DialResult race(PeerId peer, List<Multiaddr> due, List<Attempt> missed, Deadline deadline)
            throws InterruptedException {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        AtomicBoolean won = new AtomicBoolean();
        int next = 0;
        int running = 0;
        while (next < due.size() || running > 0) {
            if (next < due.size()) {
                start(peer, due.get(next++), deadline, outcomes, won);
                running++;
            }
            boolean more = next < due.size();
            Outcome outcome = outcomes.poll(more ? limits.stagger().toNanos() : deadline.leftNanos(),
                    TimeUnit.NANOSECONDS);
            if (outcome instanceof Outcome.Reached(PeerConnection connection)) {
                return new DialResult.Connected(connection.info());
            }
            if (outcome instanceof Outcome.Missed(Attempt attempt)) {
                missed.add(attempt);
                running--;
            }
            if (deadline.passed() && won.compareAndSet(false, true)) {
                due.stream()
                        .filter(address -> missed.stream().noneMatch(attempt -> attempt.address().equals(address)))
                        .forEach(address -> missed.add(new Attempt(address, Reason.TIMEOUT, "no time was left")));
                break;
            }
        }
        return new DialResult.Failed(missed);
    }

    private void start(PeerId peer, Multiaddr address, Deadline deadline, BlockingQueue<Outcome> outcomes,
            AtomicBoolean won) {
        try {
            tasks.execute(() -> outcomes.add(attempt(peer, address, deadline.within(limits.perAddress()), won)));
        } catch (RejectedExecutionException e) {
            outcomes.add(new Outcome.Missed(new Attempt(address, Reason.CLOSED, "the host is closing")));
        }
    }

    private Outcome attempt(PeerId peer, Multiaddr address, Deadline deadline, AtomicBoolean won) {
        if (won.get()) {
            return new Outcome.Missed(new Attempt(address, Reason.CLOSED, "another address was faster"));
        }
        Outcome outcome = attempter.attempt(peer, address, deadline);
        switch (outcome) {
            case Outcome.Reached(PeerConnection connection) -> {
                backOff.succeeded(peer, address);
                if (!won.compareAndSet(false, true)) {
                    connection.session().close();
                    return new Outcome.Missed(new Attempt(address, Reason.CLOSED, "another address was faster"));
                }
            }
            case Outcome.Missed(Attempt attempt) -> {
                if (countsAsFailure(attempt.reason())) {
                    backOff.failed(peer, address);
                }
            }
        }
        return outcome;
    }

    private static boolean countsAsFailure(Reason reason) {
        return switch (reason) {
            case REFUSED, TIMEOUT, HANDSHAKE, WRONG_NETWORK, WRONG_PEER -> true;
            case UNSUPPORTED_ADDRESS, BACK_OFF, LIMIT, CLOSED -> false;
        };
    }

    private static DialResult failed(List<Multiaddr> addresses, Reason reason, String detail) {
        return new DialResult.Failed(addresses.stream().map(address -> new Attempt(address, reason, detail)).toList());
    }
}
