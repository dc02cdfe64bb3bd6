package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.IpfsConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client that does one request and nothing of its own accord: no retries, redirects, cookies or compression.
 *
 * <p>It has no timers but for connecting; {@link KuboHttp} has them, and closes the connection when time is over.
 */
final class HttpClients5 {

    private static final int MAX_HEADER_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 100;

    /** A kept connection that was idle for so long is looked at before use: the daemon may have been restarted. */
    private static final TimeValue TRUST_IDLE = TimeValue.ofMilliseconds(200);

    private HttpClients5() {}

    static CloseableHttpClient create(BackendAddress.Kubo address, IpfsConfig config) {
        int connections = 2 * config.maxCalls() + config.maxPins() + 1;
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(config.connectTimeout()))
                .setSocketTimeout(Timeout.DISABLED)
                .setValidateAfterInactivity(TRUST_IDLE)
                .build();
        Http1Config wire = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        return HttpClients.createMinimal(PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(connection)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(wire).build())
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .build());
    }

    /** What each request to {@code address} carries. */
    static List<Header> headers(BackendAddress.Kubo address) {
        List<Header> headers = new ArrayList<>(List.of(new BasicHeader("User-Agent", "pinfold")));
        address.credentials().map(HttpClients5::authorization).ifPresent(headers::add);
        return headers;
    }

    private static Header authorization(BackendAddress.Credentials credentials) {
        String both = credentials.user() + ":" + credentials.password();
        String encoded = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        return new BasicHeader("Authorization", "Basic " + encoded, true);
    }
}
