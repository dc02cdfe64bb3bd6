package io.pinfold.ipfsnode.fetch.web;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Asks configured web servers, and follows them to public ones.
 *
 * <p>Each request runs on a thread of its own, while the caller's watches the time; whatever ends the wait closes the
 * connection. At most {@link #MAX_REQUESTS} run at once, others wait for their turn within their time.
 */
public final class WebClient implements AutoCloseable {

    /** Requests at once. */
    public static final int MAX_REQUESTS = 64;

    private static final int MAX_HEADER_LINE = 16 << 10;
    private static final int MAX_HEADERS = 100;
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final TimeValue TRUST_IDLE = TimeValue.ofMilliseconds(500);
    private static final TimeValue KEEP_IDLE = TimeValue.ofSeconds(30);

    private final Set<String> configured;
    private final CloseableHttpClient known;
    private final CloseableHttpClient strangers;
    private final Semaphore turns = new Semaphore(MAX_REQUESTS, true);
    private final Set<WebCall<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A client for the servers of {@code configured}, wherever they are, and for public ones that they lead to. */
    public WebClient(Collection<URI> configured) {
        this(configured, SystemDefaultDnsResolver.INSTANCE);
    }

    WebClient(Collection<URI> configured, DnsResolver names) {
        this.configured = configured.stream().map(WebClient::endpoint).collect(Collectors.toUnmodifiableSet());
        known = client(names);
        strangers = client(new GuardedNames(names));
    }

    private static CloseableHttpClient client(DnsResolver names) {
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECTING))
                .setSocketTimeout(Timeout.DISABLED)
                .setValidateAfterInactivity(TRUST_IDLE)
                .setTimeToLive(TimeValue.ofMinutes(5))
                .build();
        Http1Config wire = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setDefaultConnectionConfig(connection)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(wire).build())
                        .setMaxConnTotal(MAX_REQUESTS)
                        .setMaxConnPerRoute(MAX_REQUESTS)
                        .build())
                .evictIdleConnections(KEEP_IDLE)
                .setUserAgent("pinfold")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    /** Sends {@code request} and has {@code reader} read the answer. */
    <T> WebResult<T> send(WebRequest request, WebBody.Reader<T> reader) {
        long end = System.nanoTime() + request.total().toNanos();
        try {
            if (!turns.tryAcquire(request.total().toNanos(), TimeUnit.NANOSECONDS)) {
                return new WebResult.Failed<>(WebResult.Kind.TIMEOUT, "no turn in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WebResult.Failed<>(WebResult.Kind.CANCELLED, "interrupted");
        }
        WebCall<T> call = new WebCall<>(this::clientFor, request, reader, running::remove);
        running.add(call);
        try {
            return closed
                    ? new WebResult.Failed<>(WebResult.Kind.CANCELLED, "closed")
                    : call.run(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        } finally {
            turns.release();
        }
    }

    /** Who asks {@code uri}: whoever goes anywhere for what is configured, and for other places whoever goes to public ones. */
    private CloseableHttpClient clientFor(URI uri) {
        return configured.contains(endpoint(uri)) ? known : strangers;
    }

    private static String endpoint(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Ends what runs and returns when it has ended. */
    @Override
    public void close() {
        closed = true;
        running.forEach(WebCall::callOff);
        known.close(CloseMode.IMMEDIATE);
        strangers.close(CloseMode.IMMEDIATE);
        List.copyOf(running).forEach(WebCall::join);
    }
}
