package io.pinfold.ipfs.testing;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Switches that make a node in memory fail, wait, or cut its listings short; safe for use by many threads. */
public final class Faults {

    private final Map<Operation, Planned> planned = new EnumMap<>(Operation.class);
    private final Map<Operation, Gate> gates = new EnumMap<>(Operation.class);
    private OptionalLong listingsEndAfter = OptionalLong.empty();

    private record Planned(Kind kind, int times) {}

    /** Every call of {@code operation} fails, until {@link #clear}. */
    public synchronized void fail(Operation operation, Kind kind) {
        planned.put(operation, new Planned(kind, Integer.MAX_VALUE));
    }

    /** The next {@code times} calls of {@code operation} fail. */
    public synchronized void failNext(Operation operation, Kind kind, int times) {
        planned.put(operation, new Planned(kind, times));
    }

    /** Every call fails with {@code UNREACHABLE}, as if the daemon were away, until {@link #clear}. */
    public synchronized void away() {
        for (Operation operation : Operation.values()) {
            fail(operation, Kind.UNREACHABLE);
        }
    }

    /** Calls of {@code operation} wait at the gate returned, until it is opened or they are interrupted. */
    public synchronized Gate hold(Operation operation) {
        Gate gate = new Gate();
        gates.put(operation, gate);
        return gate;
    }

    /** Listings fail after {@code roots}. */
    public synchronized void cutListingsAfter(long roots) {
        listingsEndAfter = OptionalLong.of(roots);
    }

    /** All is well again; gates are opened. */
    public synchronized void clear() {
        planned.clear();
        gates.values().forEach(Gate::open);
        gates.clear();
        listingsEndAfter = OptionalLong.empty();
    }

    synchronized OptionalLong listingsEndAfter() {
        return listingsEndAfter;
    }

    /** Waits at the gate, if there is one, and says whether the call is to fail. */
    Optional<BackendFailure> before(Operation operation) throws InterruptedException {
        Gate gate;
        synchronized (this) {
            gate = gates.get(operation);
        }
        if (gate != null) {
            gate.pass();
        }
        synchronized (this) {
            Planned fault = planned.get(operation);
            if (fault == null) {
                return Optional.empty();
            }
            if (fault.times() == 1) {
                planned.remove(operation);
            } else if (fault.times() != Integer.MAX_VALUE) {
                planned.put(operation, new Planned(fault.kind(), fault.times() - 1));
            }
            return Optional.of(new BackendFailure(fault.kind(), operation + " was made to fail"));
        }
    }
}
