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
 * <p>A session wishes at the second too for what the first is at a loss with, or does not bring within {@link Patience}. What one
 * brings is taken back at the other. Closing it closes both.
 */
public final class CombinedExchange implements Exchange {

    private final Exchange first;
    private final Exchange second;
    private final StartingPatience start;
    private final LongSupplier nanoTime;

    /**
     * Such an exchange.
     *
     * @param delay without a block from the first after which the second is asked, as long as nothing speaks for the second; a
     *        block that is waited for five times as long is asked for there in any case
     * @param nanoTime a clock that never jumps, in nanoseconds
     */
    public CombinedExchange(Exchange first, Exchange second, Duration delay, LongSupplier nanoTime) {
        this.first = first;
        this.second = second;
        this.start = new StartingPatience(delay);
        this.nanoTime = nanoTime;
    }

    @Override
    public Session open(Cid root, List<Multiaddr> origins) {
        return new CombinedSession(first.open(root, origins), () -> second.open(root, origins), start.forSession(),
                nanoTime);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
