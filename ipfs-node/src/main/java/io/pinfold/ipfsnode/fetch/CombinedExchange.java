package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * An exchange that is asked first, and another that is asked for what the first has not got.
 *
 * <p>A session wishes at the second for its oldest blocks once the first has given nothing for a while, and for each block that
 * it waits for much longer; at most {@link #MAX_SECOND} at once. Closing it closes both.
 */
public final class CombinedExchange implements Exchange {

    /** Wishes of a session at the second exchange. */
    public static final int MAX_SECOND = 128;

    private final Exchange first;
    private final Exchange second;
    private final Duration delay;
    private final LongSupplier nanoTime;

    /**
     * Such an exchange.
     *
     * @param delay without a block from the first after which the second is asked; a block that is waited for five times as long
     *        is asked for there in any case
     * @param nanoTime a clock that never jumps, in nanoseconds
     */
    public CombinedExchange(Exchange first, Exchange second, Duration delay, LongSupplier nanoTime) {
        this.first = first;
        this.second = second;
        this.delay = delay;
        this.nanoTime = nanoTime;
    }

    @Override
    public Session open(Cid root, List<Multiaddr> origins) {
        return new CombinedSession(first.open(root, origins), () -> second.open(root, origins), delay, nanoTime);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
