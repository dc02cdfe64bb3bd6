package io.pinfold.rpc.server;

import io.pinfold.multiformats.PeerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the streams that are being served, in all, by strangers, and by caller, and lets in no more than allowed. */
final class Admission {

    private final RpcServerConfig config;
    private final Map<PeerId, Integer> byCaller = new HashMap<>();
    private int calls;
    private int strangerCalls;

    Admission(RpcServerConfig config) {
        this.config = config;
    }

    /** A place for a call of {@code caller}, to be given back; none if a bound is reached. */
    synchronized Optional<Permit> enter(PeerId caller, boolean trusted) {
        if (calls >= config.maxCalls()
                || (!trusted && strangerCalls >= config.maxStrangerCalls())
                || byCaller.getOrDefault(caller, 0) >= config.maxCallsPerCaller()) {
            return Optional.empty();
        }
        calls++;
        strangerCalls += trusted ? 0 : 1;
        byCaller.merge(caller, 1, Integer::sum);
        return Optional.of(() -> leave(caller, trusted));
    }

    private synchronized void leave(PeerId caller, boolean trusted) {
        calls--;
        strangerCalls -= trusted ? 0 : 1;
        byCaller.compute(caller, (_, count) -> count == null || count == 1 ? null : count - 1);
    }
}
