package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.kubo.Exchange.Ending.Broken;
import io.pinfold.ipfs.kubo.Exchange.Ending.CalledOff;
import io.pinfold.ipfs.kubo.Exchange.Ending.Done;
import io.pinfold.ipfs.kubo.Exchange.Ending.OutOfTime;
import io.pinfold.ipfs.kubo.Exchange.Ending.Silent;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;

/**
 * One request and its answer, on a virtual thread of its own, while the caller's thread watches the time.
 *
 * <p>A thread that is blocked in a socket is ended only by closing the socket. So the caller waits elsewhere, and whatever
 * ends its wait aborts the request, which closes the connection: the daemon notices and stops its own work. {@link #run}
 * returns when the other thread has ended too.
 */
final class Exchange<T> {

    /** How it ended. */
    sealed interface Ending<T> {

        /** The daemon answered, well or not. */
        record Done<T>(RpcResult<T> result) implements Ending<T> {}

        /** No answer, or not a whole or a sound one. */
        record Broken<T>(IOException cause) implements Ending<T> {}

        /** The caller was interrupted, or all was closed. */
        record CalledOff<T>() implements Ending<T> {}

        /** It took longer in all than it may. */
        record OutOfTime<T>() implements Ending<T> {}

        /** It did not get on for longer than it may. */
        record Silent<T>() implements Ending<T> {}
    }

    private final HttpPost request;
    private final Pulse pulse;
    private final Thread worker;
    private final CompletableFuture<RpcResult<T>> answer = new CompletableFuture<>();
    private final AtomicReference<Ending<T>> cutShort = new AtomicReference<>();

    Exchange(CloseableHttpClient client, HttpHost host, HttpPost request, AnswerBody.Reader<T> reader, Pulse pulse) {
        this.request = request;
        this.pulse = pulse;
        this.worker = Thread.ofVirtual().name("kubo-rpc").unstarted(() -> {
            try {
                answer.complete(KuboAnswer.receive(client, host, request, reader, pulse));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
    }

    /** Sends the request and waits for the end; the caller's thread stays interrupted if it was. */
    Ending<T> run(Patience patience) {
        worker.start();
        try {
            watch(patience);
        } catch (InterruptedException e) {
            callOff();
            Thread.currentThread().interrupt();
        }
        awaitWorker();
        Ending<T> early = cutShort.get();
        return early != null ? early : ending();
    }

    /** Ends it from any thread. */
    void callOff() {
        cut(new CalledOff<>());
    }

    private void watch(Patience patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.limit().toNanos();
        while (true) {
            long left = deadline - System.nanoTime();
            long quiet = pulse.last() + patience.silence().toNanos() - System.nanoTime();
            if (left <= 0) {
                cut(new OutOfTime<>());
                return;
            }
            if (quiet <= 0) {
                cut(new Silent<>());
                return;
            }
            try {
                answer.get(Math.min(left, quiet), TimeUnit.NANOSECONDS);
                return;
            } catch (ExecutionException e) {
                return;
            } catch (TimeoutException e) {
                // look at the time again
            }
        }
    }

    private void cut(Ending<T> how) {
        if (!answer.isDone() && cutShort.compareAndSet(null, how)) {
            request.abort();
            worker.interrupt();
        }
    }

    private void awaitWorker() {
        boolean interrupted = false;
        while (true) {
            try {
                worker.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                callOff();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Ending<T> ending() {
        if (answer.state() == Future.State.SUCCESS) {
            return new Done<>(answer.resultNow());
        }
        return switch (answer.exceptionNow()) {
            case IOException broken -> new Broken<>(broken);
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        };
    }
}
