package io.pinfold.rpc.server;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.Access;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.RpcProtocol;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * Serves the methods of a table to other peers, one stream a call.
 *
 * <p>A call passes, in this order: a place among the running calls, the request's frame within its time and size, the
 * table, the authorizer, the method's request bound, the caller's limits. Whatever fails first is what the caller is told.
 */
public final class RpcServer implements AutoCloseable {

    private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

    private final Host host;
    private final Map<String, RpcHandler> handlers;
    private final Admission admission;
    private final Authorizer authorizer;
    private final CallGate gate;
    private final CallRunner runner;
    private final RpcMeter meter;
    private final Refusals refusals;
    private final RunningCalls running = new RunningCalls();

    /**
     * A server that is not yet reachable.
     *
     * @param handlers one for each method of {@code table} that the network may call, and no other
     * @throws IllegalArgumentException if handlers and table do not match
     */
    public RpcServer(Host host, MethodTable table, Map<String, RpcHandler> handlers, Authorizer authorizer,
            RpcServerConfig config, Environment environment) {
        requireSameNames(table, handlers.keySet());
        this.host = host;
        this.handlers = Map.copyOf(handlers);
        this.authorizer = authorizer;
        this.meter = environment.meter();
        this.admission = new Admission(config);
        this.gate = new CallGate(table, authorizer, config, environment.clock());
        this.refusals = new Refusals(environment.clock(), meter);
        this.runner = new CallRunner(config, environment, refusals);
    }

    /**
     * Time, waiting and counting, as a server needs them.
     *
     * @param clock tells the time; best one that no operator sets, since deadlines go by it
     * @param pause waits for the budget of outgoing bytes
     * @param scheduler rings when a call's time is up; whoever passes it shuts it down
     * @param meter counts
     */
    public record Environment(InstantSource clock, Pause pause, ScheduledExecutorService scheduler, RpcMeter meter) {

        /** Of the clock, what is set back is passed over. */
        public Environment {
            clock = ForwardClock.of(clock);
        }
    }

    /** Takes calls from now on. */
    public void start() {
        host.handle(RpcProtocol.ID, this::serve);
    }

    private void serve(Stream stream) {
        if (!running.add(stream)) {
            stream.reset();
            return;
        }
        try {
            admitted(stream);
        } finally {
            running.remove();
        }
    }

    private void admitted(Stream stream) {
        PeerId caller = stream.remotePeer();
        boolean trusted = authorizer.trusts(caller);
        Optional<Permit> place = admission.enter(caller, trusted);
        if (place.isEmpty()) {
            refusals.send(stream, ErrorCode.LIMIT, "too many calls at once", Optional.of(BUSY_RETRY));
            return;
        }
        try (Permit _ = place.get()) {
            switch (gate.pass(stream, trusted)) {
                case CallGate.Passage.Open open -> answer(stream, open);
                case CallGate.Passage.Shut shut ->
                    refusals.send(stream, shut.code(), shut.detail(), shut.retryAfter());
                case CallGate.Passage.Broken broken -> {
                    meter.count(RpcMeter.malformed(broken.refusal().kind()), 1);
                    refusals.send(stream, broken.code(), broken.refusal().toString(), Optional.empty());
                }
                case CallGate.Passage.Gone _ -> {
                    meter.count(RpcMeter.ABANDONED, 1);
                    stream.reset();
                }
            }
        }
    }

    private void answer(Stream stream, CallGate.Passage.Open open) {
        try (Permit _ = open.permit()) {
            RpcHandler handler = handlers.get(open.call().method().name());
            if (handler == null) {
                throw new IllegalStateException("no handler for " + open.call().method().name());
            }
            runner.run(stream, open.call(), handler);
        }
    }

    private static void requireSameNames(MethodTable table, Set<String> handlers) {
        Set<String> callable = table.methods()
                .stream()
                .filter(method -> method.access() != Access.LOCAL)
                .map(Method::name)
                .collect(Collectors.toSet());
        if (!callable.equals(handlers)) {
            throw new IllegalArgumentException(
                    "handlers " + new TreeSet<>(handlers) + " for methods " + new TreeSet<>(callable));
        }
    }

    /** Takes no more calls, ends those that run, and returns when they have ended. */
    @Override
    public void close() {
        host.unhandle(RpcProtocol.ID);
        running.close();
    }
}
