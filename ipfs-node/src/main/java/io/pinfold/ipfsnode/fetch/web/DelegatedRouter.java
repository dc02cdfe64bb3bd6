package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.bitswap.Providers;
import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.ipns.RecordSink;
import io.pinfold.ipfsnode.ipns.RecordSource;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is asked who has a block, and that takes and gives IPNS records.
 *
 * @see <a href="https://specs.ipfs.tech/routing/http-routing-v1/">Delegated Routing V1 HTTP API</a>
 */
public final class DelegatedRouter implements Providers, RecordSource, RecordSink {

    private static final Logger log = LoggerFactory.getLogger(DelegatedRouter.class);

    private static final Duration ASKING = Duration.ofSeconds(15);
    private static final String ACCEPT = "application/x-ndjson, application/json;q=0.9";

    private final WebPlace place;
    private final WebClient client;
    private final ProviderRecords records;

    /**
     * The router at {@code place}, asked by {@code client}, which knows it and is closed by others.
     *
     * @param nearBy whether addresses that are not public are believed too, for a router of one's own network
     */
    public DelegatedRouter(WebPlace place, WebClient client, boolean nearBy) {
        this.place = place;
        this.client = client;
        this.records = new ProviderRecords(nearBy);
    }

    @Override
    public String title() {
        return place.toString();
    }

    @Override
    public List<Multiaddr> find(Cid cid) {
        WebRequest request = WebRequest.get(place.at("/routing/v1/providers/" + cid.toV1()), ACCEPT, ASKING);
        return switch (client.send(request, records::read)) {
            case WebResult.Got<List<Multiaddr>>(List<Multiaddr> found) -> found;
            case WebResult.Refused<List<Multiaddr>>(int status) -> {
                if (status != 404) {
                    log.debug("{} answers {} when asked for providers", place, status);
                }
                yield List.of();
            }
            case WebResult.Failed<List<Multiaddr>>(WebResult.Kind kind, String detail) -> {
                log.debug("{} did not tell providers: {}: {}", place, kind, detail);
                yield List.of();
            }
        };
    }

    @Override
    public Optional<Bytes> latest(IpnsName name, Duration timeout) {
        return TrustlessGateway.Records.read(client, place.at("/routing/v1/ipns/" + name), timeout);
    }

    @Override
    public boolean put(IpnsRecord record, Duration timeout) {
        WebRequest request = WebRequest.put(place.at("/routing/v1/ipns/" + record.name()), record.encoded(),
                TrustlessGateway.Records.TYPE, timeout);
        return client.send(request, _ -> true) instanceof WebResult.Got<Boolean>;
    }
}
