package io.pinfold.rpc;

import io.pinfold.multiformats.Refusal;
import java.util.Locale;

/** Counts what happens to calls; called from many threads, must return at once. */
@FunctionalInterface
public interface RpcMeter {

    /** Counts nothing. */
    RpcMeter NONE = (_, _) -> {};

    /** Calls that passed every check and reached their handler. */
    String SERVED = "rpc_served_calls";

    /** Calls whose caller went away, or read too slowly, before the answer was sent. */
    String ABANDONED = "rpc_abandoned_calls";

    /** Bytes of answer items sent. */
    String SENT = "rpc_sent_bytes";

    /** Bytes of answer items received. */
    String RECEIVED = "rpc_received_bytes";

    /** Adds {@code amount} to the counter called {@code name}. */
    void count(String name, long amount);

    /** The counter of calls that we refused with {@code code}. */
    static String refused(ErrorCode code) {
        return "rpc_refused_" + code.name().toLowerCase(Locale.ROOT) + "_calls";
    }

    /** The counter of requests and answers that broke the protocol in the way {@code kind} tells. */
    static String malformed(Refusal.Kind kind) {
        return "rpc_malformed_" + kind.name().toLowerCase(Locale.ROOT) + "_frames";
    }
}
