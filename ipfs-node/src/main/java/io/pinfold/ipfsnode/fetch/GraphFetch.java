package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Exchange;
import java.util.function.LongSupplier;

/**
 * Brings graphs here: walks each from its root, finds in the blockstore what is here and wishes for the rest, many blocks at
 * once, in memory that does not grow with the graph.
 *
 * <p>The walk goes down before it goes on. It may be called off and begun again at any time: blocks that are here are not
 * fetched again, those with links are read again. Any number of threads may fetch at once; they share the bound of data on
 * its way.
 */
public final class GraphFetch {

    private final Blockstore store;
    private final Exchange exchange;
    private final GraphFetchConfig config;
    private final LongSupplier nanoTime;
    private final SharedWindow window;

    /**
     * A fetcher that closes nothing of what it is given.
     *
     * @param nanoTime a clock that never jumps, in nanoseconds, for noticing that nothing gets on
     */
    public GraphFetch(Blockstore store, Exchange exchange, GraphFetchConfig config,
            LongSupplier nanoTime) {
        this.store = store;
        this.exchange = exchange;
        this.config = config;
        this.nanoTime = nanoTime;
        this.window = new SharedWindow(config);
    }

    /** Fetches on the calling thread, which may be interrupted, what of {@code request} is not here. */
    public GraphOutcome fetch(GraphRequest request, GraphWatcher watcher) {
        window.enter();
        try (LazySession session = new LazySession(exchange, request)) {
            return new Walk(store, session, config, window, nanoTime, request, watcher).run();
        } finally {
            window.leave();
        }
    }
}
