package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session that begins with the first wish, so that a graph that is here costs nobody anything. */
final class LazySession implements AutoCloseable {

    private final Exchange exchange;
    private final GraphRequest request;
    private Exchange.@Nullable Session session;

    LazySession(Exchange exchange, GraphRequest request) {
        this.exchange = exchange;
        this.request = request;
    }

    void want(Collection<Cid> cids) {
        if (session == null) {
            session = exchange.open(request.root(), request.origins());
        }
        session.want(cids);
    }

    Optional<Block> next(Duration timeout) {
        return session == null ? Optional.empty() : session.next(timeout);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
