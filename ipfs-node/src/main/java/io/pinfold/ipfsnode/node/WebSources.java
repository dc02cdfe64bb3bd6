package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.bitswap.Providers;
import io.pinfold.ipfsnode.fetch.CombinedExchange;
import io.pinfold.ipfsnode.fetch.web.DelegatedRouter;
import io.pinfold.ipfsnode.fetch.web.GatewayConfig;
import io.pinfold.ipfsnode.fetch.web.GatewayExchange;
import io.pinfold.ipfsnode.fetch.web.ManyProviders;
import io.pinfold.ipfsnode.fetch.web.TrustlessGateway;
import io.pinfold.ipfsnode.fetch.web.WebClient;
import io.pinfold.ipfsnode.fetch.web.WebPlace;
import io.pinfold.ipfsnode.ipns.RecordSink;
import io.pinfold.ipfsnode.ipns.RecordSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The routers and gateways on the web that the configuration names; none of them is trusted. */
final class WebSources implements AutoCloseable {

    /** How long peers alone are asked for a block, unless they are at a loss or gateways gave what came lately. */
    private static final Duration PEERS_FIRST = Duration.ofSeconds(3);

    private final WebClient client;
    private final List<DelegatedRouter> routers;
    private final List<TrustlessGateway> gateways;

    WebSources(List<WebPlace> routers, List<WebPlace> gateways) {
        client = new WebClient(Stream.concat(routers.stream(), gateways.stream()).map(WebPlace::base).toList());
        this.routers = routers.stream().map(place -> new DelegatedRouter(place, client, false)).toList();
        this.gateways = gateways.stream().map(place -> new TrustlessGateway(place, client)).toList();
    }

    Providers providers() {
        return new ManyProviders(routers);
    }

    /** {@code peers}, and behind it the gateways; closing it closes {@code peers}. */
    Exchange behind(Exchange peers) {
        return gateways.isEmpty()
                ? peers
                : new CombinedExchange(peers, new GatewayExchange(gateways, GatewayConfig.DEFAULT), PEERS_FIRST,
                        System::nanoTime);
    }

    List<RecordSource> recordSources() {
        List<RecordSource> all = new ArrayList<>(routers);
        all.addAll(gateways);
        return all;
    }

    List<RecordSink> recordSinks() {
        return List.copyOf(routers);
    }

    @Override
    public void close() {
        client.close();
    }
}
