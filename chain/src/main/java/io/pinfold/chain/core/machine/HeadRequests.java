package io.pinfold.chain.core.machine;

import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;

/** Asks peers for their heads: each one when it connects, and all of them again while this peer may not sign unheard. */
final class HeadRequests {

    /** How often peers are asked again for their heads while this one waits for an answer before it signs. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final SigningRule rule;
    private final ChainSync sync;
    private final RangeSource source;
    private long dueMillis = Long.MAX_VALUE;

    HeadRequests(SigningRule rule, ChainSync sync, RangeSource source) {
        this.rule = rule;
        this.sync = sync;
        this.source = source;
    }

    /** Asks {@code peer}, which has connected. */
    void connected(PeerId peer, long nowMillis) {
        source.requestHeads(peer);
        dueMillis = Math.min(dueMillis, nowMillis + ASK_AGAIN.toMillis());
    }

    /** Asks all peers again, if it is time and an answer is still waited for. */
    void askAgain(long nowMillis) {
        if (nowMillis >= dueMillis) {
            dueMillis = rule.wantsToHear() ? nowMillis + ASK_AGAIN.toMillis() : Long.MAX_VALUE;
            if (rule.wantsToHear()) {
                sync.peers().stream().sorted().forEach(source::requestHeads);
            }
        }
    }

    /** When to ask again. */
    long dueMillis() {
        return dueMillis;
    }
}
