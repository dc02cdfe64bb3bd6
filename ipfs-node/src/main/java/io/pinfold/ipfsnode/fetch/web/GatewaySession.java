package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A session with gateways: threads that ask for single blocks, and one that reads graphs as streams.
 *
 * <p>Threads begin with the first wish and end with {@link #close}.
 */
final class GatewaySession implements Exchange.Session {

    /** The most streams; they begin anew where the one before broke off. */
    private static final int MAX_STREAMS = 16;

    private final List<TrustlessGateway> gateways;
    private final GatewayConfig config;
    private final Consumer<GatewaySession> whenClosed;
    private final GatewayWishes wishes;
    private final List<Thread> threads = new ArrayList<>();

    GatewaySession(List<TrustlessGateway> gateways, GatewayConfig config, Consumer<GatewaySession> whenClosed) {
        this.gateways = gateways;
        this.config = config;
        this.whenClosed = whenClosed;
        this.wishes = new GatewayWishes(gateways.size(), config);
    }

    @Override
    public void want(Collection<Cid> cids) {
        wishes.add(cids);
        if (threads.isEmpty() && !gateways.isEmpty()) {
            begin();
        }
    }

    private void begin() {
        if (config.wholeGraph()) {
            Optional<Cid> from = wishes.beginStream();
            threads.add(Thread.ofVirtual().name("gateway-graph").start(() -> streamGraphs(from)));
        }
        for (int i = 0; i < config.requests(); i++) {
            threads.add(Thread.ofVirtual().name("gateway-block").start(this::askForBlocks));
        }
    }

    /** Streams what is below the oldest wish with links, and again from where a stream of use broke off. */
    private void streamGraphs(Optional<Cid> begun) {
        int gateway = 0;
        Optional<Cid> next = begun;
        try {
            for (int i = 0; i < MAX_STREAMS && gateway < gateways.size(); i++) {
                Cid from = next.isPresent() ? next.get() : wishes.awaitStream();
                next = Optional.empty();
                WebResult<Long> result = gateways.get(gateway)
                        .graph(from, config.streamTotal(),
                                config.streamSilence(), wishes::streamed);
                StreamTally stream = wishes.stream();
                boolean over = stream.ranAway()
                        ? stream.wished() < stream.unwished()
                        : result instanceof WebResult.Got<Long>;
                if (over && stream.wished() > 0) {
                    return;
                }
                gateway += stream.wished() > 0 ? 0 : 1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            wishes.endStream();
        }
    }

    private void askForBlocks() {
        try {
            while (true) {
                GatewayWishes.Task task = wishes.take();
                WebResult<Block> result = gateways.get(task.gateway()).block(task.cid(), config.blockTimeout());
                switch (result) {
                    case WebResult.Got<Block>(Block block) -> wishes.came(task, block);
                    case WebResult.Refused<Block> _ -> wishes.lacks(task);
                    case WebResult.Failed<Block>(WebResult.Kind kind, String _) -> {
                        if (kind == WebResult.Kind.BAD_ANSWER) {
                            wishes.lacks(task);
                        } else {
                            wishes.broken(task);
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void unwant(Collection<Cid> cids) {
        wishes.remove(cids);
    }

    @Override
    public Optional<Block> next(Duration timeout) {
        return wishes.next(timeout);
    }

    @Override
    public boolean isAtALoss() {
        return gateways.isEmpty();
    }

    @Override
    public void close() {
        wishes.close();
        threads.forEach(Thread::interrupt);
        threads.forEach(Threads::join);
        whenClosed.accept(this);
    }
}
