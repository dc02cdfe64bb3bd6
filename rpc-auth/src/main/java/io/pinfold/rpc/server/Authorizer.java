package io.pinfold.rpc.server;

import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.Method;
import java.util.function.Predicate;

/** Decides who may call what: the table's access class against whom the cluster trusts at this moment. */
public final class Authorizer {

    private final Predicate<PeerId> trusted;

    /** An authorizer that asks {@code trusted}, which is called often, from many threads, and must not block. */
    public Authorizer(Predicate<PeerId> trusted) {
        this.trusted = trusted;
    }

    /** Whether the cluster trusts {@code caller}. */
    public boolean trusts(PeerId caller) {
        return trusted.test(caller);
    }

    /** Whether {@code caller} may call {@code method}. */
    public boolean permits(PeerId caller, Method method) {
        return switch (method.access()) {
            case OPEN -> true;
            case TRUSTED -> trusts(caller);
            case LOCAL -> false;
        };
    }
}
