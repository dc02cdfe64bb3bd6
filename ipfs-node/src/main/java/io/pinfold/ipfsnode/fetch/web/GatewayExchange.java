package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gets blocks from trustless gateways, hashes compared. */
public final class GatewayExchange implements Exchange {

    private final List<TrustlessGateway> gateways;
    private final GatewayConfig config;
    private final Set<GatewaySession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** An exchange with {@code gateways}, the preferred one first; their client is closed by others, after this. */
    public GatewayExchange(List<TrustlessGateway> gateways, GatewayConfig config) {
        this.gateways = List.copyOf(gateways);
        this.config = config;
    }

    @Override
    public Session open(Cid root, List<Multiaddr> origins) {
        GatewaySession session = new GatewaySession(gateways, config, sessions::remove);
        sessions.add(session);
        if (closed) {
            session.close();
        }
        return session;
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(sessions).forEach(GatewaySession::close);
    }
}
