package io.pinfold.rpc.server;

import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds each caller to the table's limits, method by method.
 *
 * <p>It remembers at most {@link #MAX_ACCOUNTS} pairs of caller and method; beyond that the one longest unused without a
 * running call is forgotten, which gives that caller a fresh minute.
 */
final class CallerLimiter {

    /** Most pairs of caller and method that are remembered. */
    static final int MAX_ACCOUNTS = 8192;

    private static final Duration WHEN_A_CALL_ENDS = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Map<Key, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

    CallerLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether {@code caller} may begin a call of {@code method} now. */
    synchronized Verdict begin(PeerId caller, Method method) {
        Instant now = clock.instant();
        Account account = accounts.computeIfAbsent(new Key(caller, method.name()), _ -> new Account(method, now));
        forgetOne();
        if (account.running >= method.limits().concurrent()) {
            return new Verdict.Later(WHEN_A_CALL_ENDS);
        }
        if (!account.bucket.tryTake(now)) {
            return new Verdict.Later(account.bucket.untilNext(now));
        }
        account.running++;
        return new Verdict.Begun(() -> end(account));
    }

    /** Pairs remembered. */
    synchronized int accounts() {
        return accounts.size();
    }

    private synchronized void end(Account account) {
        account.running--;
    }

    private void forgetOne() {
        if (accounts.size() <= MAX_ACCOUNTS) {
            return;
        }
        for (Iterator<Account> it = accounts.values().iterator(); it.hasNext();) {
            if (it.next().running == 0) {
                it.remove();
                return;
            }
        }
    }

    /** Whether a call may begin. */
    sealed interface Verdict {
        /** It has begun; {@code permit} ends it. */
        record Begun(Permit permit) implements Verdict {}

        /** It may not, and should come again after that time. */
        record Later(Duration retryAfter) implements Verdict {}
    }

    private record Key(PeerId caller, String method) {}

    private static final class Account {
        private final TokenBucket bucket;
        private int running;

        Account(Method method, Instant now) {
            int perMinute = method.limits().perMinute();
            this.bucket = new TokenBucket(perMinute, perMinute, Duration.ofMinutes(1), now);
        }
    }
}
