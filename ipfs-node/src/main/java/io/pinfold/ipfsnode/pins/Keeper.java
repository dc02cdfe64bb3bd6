package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns the {@link Ledger}: takes requests in order, several of them in one write, answers when they are
 * written, and collects in between.
 */
final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /** Requests that wait at most; more make their callers wait. */
    private static final int MAILBOX = 1_024;

    /** Requests in one write. */
    private static final int GROUP = 64;

    /** Changed rows after which a write is due. */
    private static final int GROUP_ROWS = 4_096;

    private final Ledger ledger;
    private final Collector collector;
    private final BlockingQueue<Request<?>> mailbox = new ArrayBlockingQueue<>(MAILBOX);

    /** Changes that the disk did not take when they were due; at most one for each session that there is. */
    private final Queue<Consumer<Ledger>> owed = new ConcurrentLinkedQueue<>();

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    private boolean mayCollect = true;

    Keeper(Ledger ledger, Collector collector) {
        this.ledger = ledger;
        this.collector = collector;
    }

    /** Starts the thread. */
    Keeper start() {
        Thread.ofPlatform().daemon().name("pins").start(this::run);
        return this;
    }

    /**
     * What {@code request} answers, once its changes are written.
     *
     * @throws TroubleException if they cannot be; asking again is safe
     */
    <T extends @Nullable Object> T ask(Function<Ledger, T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        put(new Request<>(request, answer));
        return join(answer);
    }

    /** Has a change made: now or, if the disk does not take it, as soon as it does, beside later work. It may be made twice. */
    void tell(Consumer<Ledger> change) {
        try {
            ask(ledger -> {
                change.accept(ledger);
                return true;
            });
        } catch (TroubleException e) {
            LOG.warn("The end of a session is written down later: {}", e.detail());
            owed.add(change);
        }
    }

    /**
     * Has what waits removed, and all unreferenced blocks if {@code all}; returns when that is done, or throws
     * {@link TroubleException} and it is done later.
     */
    Collected collect(boolean all) {
        return join(request(all));
    }

    /** The same for a thread that may be interrupted; it gives nothing then, and what nobody else waits for is not looked at. */
    Optional<Collected> collectUnlessInterrupted(boolean all) {
        CompletableFuture<Collected> done = request(all);
        try {
            done.get();
        } catch (InterruptedException e) {
            done.cancel(false);
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.debug("A collection failed", e); // told below
        }
        return Optional.of(join(done));
    }

    private CompletableFuture<Collected> request(boolean all) {
        CompletableFuture<Collected> done = new CompletableFuture<>();
        ask(_ -> {
            collector.request(all, done);
            return true;
        });
        return done;
    }

    private static <T extends @Nullable Object> T join(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TroubleException trouble) {
                throw trouble;
            }
            throw e;
        }
    }

    private void put(Request<?> request) {
        boolean interrupted = false;
        while (true) {
            try {
                mailbox.put(request);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closing && ended.getCount() == 0) {
            mailbox.forEach(Request::refuse);
        }
    }

    private void run() {
        try {
            while (!closing || !mailbox.isEmpty()) {
                Request<?> first = mayCollect ? mailbox.poll() : mailbox.take();
                if (first != null) {
                    serve(first);
                    mayCollect = true;
                }
                mayCollect = mayCollect && !closing && collectSome();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            ended.countDown();
            mailbox.forEach(Request::refuse);
            collector.fail(new IllegalStateException("the pins are closed"));
        }
    }

    private boolean collectSome() {
        try {
            return payDebt() || collector.step(ledger);
        } catch (TroubleException e) {
            pause(e);
        } catch (DatabaseException e) {
            pause(new TroubleException(e.toString(), false));
        }
        return false;
    }

    /** Until the next request. */
    private void pause(TroubleException why) {
        LOG.warn("Collection pauses: {}", why.detail());
        ledger.revert();
        collector.fail(why);
    }

    private boolean payDebt() {
        Consumer<Ledger> first = owed.peek();
        if (first == null) {
            return false;
        }
        first.accept(ledger);
        ledger.commit();
        owed.remove();
        return true;
    }

    private void serve(Request<?> first) {
        List<Runnable> answers = new ArrayList<>();
        List<Request<?>> group = new ArrayList<>(List.of(first));
        try {
            Request<?> next = first;
            while (next != null) {
                answers.add(next.serve(ledger));
                next = group.size() < GROUP && ledger.pending() < GROUP_ROWS ? mailbox.poll() : null;
                if (next != null) {
                    group.add(next);
                }
            }
            ledger.commit();
        } catch (RuntimeException e) {
            ledger.revert();
            if (group.size() == 1) {
                first.answer().completeExceptionally(e);
            } else {
                group.forEach(this::serveAlone);
            }
            return;
        }
        answers.forEach(Runnable::run);
    }

    /** Spares others the failure of one, and those who only ask the failure of the disk. */
    private void serveAlone(Request<?> request) {
        try {
            Runnable answer = request.serve(ledger);
            ledger.commit();
            answer.run();
        } catch (RuntimeException e) {
            ledger.revert();
            request.answer().completeExceptionally(e);
        }
    }

    /** Serves what waits, and returns when the thread has ended. */
    @Override
    public void close() {
        closing = true;
        mailbox.offer(new Request<>(_ -> true, new CompletableFuture<>()));
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Request<T extends @Nullable Object>(Function<Ledger, T> function, CompletableFuture<T> answer) {

        /** Serves it; what is returned tells the caller. */
        Runnable serve(Ledger ledger) {
            T result = function.apply(ledger);
            return () -> answer.complete(result);
        }

        void refuse() {
            answer.completeExceptionally(new IllegalStateException("the pins are closed"));
        }
    }
}
