package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.IpfsConfig;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends calls to the daemon: at most so many at once, with timers, and such that each ends at once when its caller is
 * interrupted or this is closed.
 */
final class KuboHttp implements AutoCloseable {

    /** Which bound a call counts against. */
    enum Lane {
        /** Work of the daemon alone. */
        CALL,
        /** Work that may wait for other nodes, and must not hold up the former. */
        NETWORK,
        /** Pins being fetched. */
        PIN,
        /** Whole listings, of which the daemon holds each in memory: one at a time. */
        LISTING
    }

    private final String name;
    private final HttpHost host;
    private final List<Header> headers;
    private final CloseableHttpClient client;
    private final Circuit circuit;
    private final Semaphore calls;
    private final Semaphore network;
    private final Semaphore pins;
    private final Semaphore listings = new Semaphore(1, true);
    private final Set<Exchange<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    KuboHttp(BackendAddress.Kubo address, IpfsConfig config, InstantSource time, RandomGenerator random) {
        name = address.toString();
        host = new HttpHost(address.https() ? "https" : "http", address.host(), address.port());
        headers = HttpClients5.headers(address);
        client = HttpClients5.create(address, config);
        circuit = new Circuit(name, config.circuit(), time, random);
        calls = new Semaphore(config.maxCalls(), true);
        network = new Semaphore(config.maxCalls(), true);
        pins = new Semaphore(config.maxPins(), true);
    }

    /** Makes {@code call} and reads the answer on a thread of its own; waits for its turn first. */
    <T> RpcResult<T> send(Lane lane, Call call, Patience patience, AnswerBody.Reader<T> reader) {
        Semaphore turn = turn(lane);
        try {
            if (!turn.tryAcquire(patience.total().toNanos(), TimeUnit.NANOSECONDS)) {
                return failed(Kind.TIMEOUT, "no turn for " + call.command() + " within " + patience.total());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cancelled(call);
        }
        try {
            Optional<BackendFailure> held = circuit.admit();
            if (held.isPresent()) {
                return new RpcResult.Failed<>(held.get());
            }
            return exchange(call, patience, reader);
        } finally {
            turn.release();
        }
    }

    private <T> RpcResult<T> exchange(Call call, Patience patience, AnswerBody.Reader<T> reader) {
        HttpPost request = new HttpPost(call.with("timeout", patience.total()).target());
        headers.forEach(request::addHeader);
        request.setEntity(call.body());
        Pulse pulse = new Pulse(circuit::answered);
        Exchange<T> exchange = new Exchange<>(client, host, request, reader, pulse);
        running.add(exchange);
        try {
            if (closed) {
                circuit.calledOff();
                return cancelled(call);
            }
            return result(call, exchange.run(patience), pulse.hasAnswered(), patience);
        } catch (RuntimeException bug) {
            circuit.calledOff();
            throw bug;
        } finally {
            running.remove(exchange);
            synchronized (running) {
                running.notifyAll();
            }
        }
    }

    private <T> RpcResult<T> result(Call call, Exchange.Ending<T> ending, boolean answered, Patience patience) {
        if (ending instanceof Exchange.Ending.CalledOff<T>) {
            circuit.calledOff();
        } else if (!answered) {
            circuit.unanswered();
        }
        return switch (ending) {
            case Exchange.Ending.Done<T>(RpcResult<T> result) -> result;
            case Exchange.Ending.CalledOff<T> _ -> cancelled(call);
            case Exchange.Ending.OutOfTime<T> _ ->
                failed(Kind.TIMEOUT, "no whole answer to " + call.command() + " within " + patience.total());
            case Exchange.Ending.Silent<T> _ -> answered
                    ? failed(patience.onSilence(), call.command() + " did not get on for " + patience.silence())
                    : failed(Kind.TIMEOUT,
                            name + " did not begin to answer " + call.command() + " within " + patience.silence());
            case Exchange.Ending.Broken<T>(IOException e) -> answered
                    ? failed(Kind.BROKEN_ANSWER, "the answer to " + call.command() + " is broken: " + text(e))
                    : failed(Kind.UNREACHABLE, name + " is not reached: " + text(e));
        };
    }

    private static String text(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private <T> RpcResult<T> cancelled(Call call) {
        return failed(Kind.CANCELLED, call.command() + (closed ? ": this backend is closed" : " was called off"));
    }

    private static <T> RpcResult<T> failed(Kind kind, String detail) {
        return new RpcResult.Failed<>(new BackendFailure(kind, detail));
    }

    private Semaphore turn(Lane lane) {
        return switch (lane) {
            case CALL -> calls;
            case NETWORK -> network;
            case PIN -> pins;
            case LISTING -> listings;
        };
    }

    /** Calls all off and returns when they have ended. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Exchange::callOff);
        boolean interrupted = false;
        synchronized (running) {
            while (!running.isEmpty()) {
                try {
                    running.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        client.close(CloseMode.IMMEDIATE);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
