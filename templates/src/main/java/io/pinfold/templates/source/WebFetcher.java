package io.pinfold.templates.source;

import io.pinfold.templates.json.TemplateJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;

/** Fetches over HTTPS, each fetch with a client of its own, which is closed when its time is up. */
final class WebFetcher {

    private static final int MAX_REDIRECTS = 5;

    private final Duration timeout;
    private final DnsResolver names;

    WebFetcher(Duration timeout) {
        this(timeout, SystemDefaultDnsResolver.INSTANCE);
    }

    /** A fetcher that asks {@code names} for the addresses of hosts. */
    WebFetcher(Duration timeout, DnsResolver names) {
        this.timeout = timeout;
        this.names = names;
    }

    Fetched fetch(URI uri) {
        WatchedNames watched = new WatchedNames(names);
        CloseableHttpClient client = client(watched);
        FutureTask<Fetched> task = new FutureTask<>(() -> follow(client, uri));
        Thread thread = Thread.ofVirtual().name("template-fetch").start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return watched.isAsking()
                    ? new Fetched.Nothing(Fault.DOMAIN_UNKNOWN, "no name server answered within " + seconds())
                    : new Fetched.Nothing(Fault.TOO_SLOW, "not here within " + seconds());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Fetched.Nothing(Fault.TOO_SLOW, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            client.close(CloseMode.IMMEDIATE);
            thread.interrupt();
        }
    }

    private String seconds() {
        return timeout.toSeconds() + " s";
    }

    private CloseableHttpClient client(DnsResolver watched) {
        Timeout step = Timeout.of(timeout);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(watched)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom().setConnectTimeout(step).setSocketTimeout(step).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(step).build())
                .setUserAgent("pinfold")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    private static Fetched follow(CloseableHttpClient client, URI first) {
        URI at = first;
        try {
            for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
                switch (ask(client, at)) {
                    case Hop.Arrived(Fetched fetched) -> {
                        return fetched;
                    }
                    case Hop.Elsewhere(String location) -> {
                        Optional<URI> next = next(at, location);
                        if (next.isEmpty()) {
                            return new Fetched.Nothing(Fault.BAD_REDIRECT, "the server leads to " + location);
                        }
                        at = next.get();
                    }
                }
            }
            return new Fetched.Nothing(Fault.BAD_REDIRECT, "more than " + MAX_REDIRECTS + " redirects");
        } catch (IOException e) {
            return new Fetched.Nothing(faultOf(e), e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** What one server said. */
    private sealed interface Hop {
        /** This is the end of the way. */
        record Arrived(Fetched fetched) implements Hop {}

        /** Ask there. */
        record Elsewhere(String location) implements Hop {}
    }

    /** The connection is dropped before the answer is closed, which would read on to its end. */
    private static Hop ask(CloseableHttpClient client, URI uri) throws IOException {
        HttpGet request = new HttpGet(uri);
        ClassicHttpResponse response = client.executeOpen(null, request, null);
        try {
            return answer(response);
        } finally {
            request.cancel();
            Closer.closeQuietly(response);
        }
    }

    private static Hop answer(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        Header location = response.getFirstHeader("Location");
        if (status / 100 == 3 && location != null) {
            return new Hop.Elsewhere(String.valueOf(location.getValue()));
        }
        HttpEntity body = response.getEntity();
        if (status != 200 || body == null) {
            return new Hop.Arrived(new Fetched.Nothing(Fault.SERVER_ERROR, "the server answered " + status));
        }
        if (body.getContentLength() > TemplateJson.MAX_BYTES) {
            return new Hop.Arrived(
                    new Fetched.Nothing(Fault.TOO_LARGE, body.getContentLength() + " bytes are announced"));
        }
        return new Hop.Arrived(BoundedRead.of(body.getContent()));
    }

    private static Optional<URI> next(URI from, String location) {
        try {
            return Optional.of(from.resolve(location)).filter(to -> WebRules.allowsRedirect(from, to));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Fault faultOf(IOException failure) {
        return switch (failure) {
            case UnknownHostException _ -> Fault.DOMAIN_UNKNOWN;
            case SSLException _ -> Fault.SERVER_NOT_PROVEN;
            case SocketTimeoutException _ -> Fault.TOO_SLOW;
            case ConnectException _ -> Fault.SERVER_UNREACHABLE;
            case NoRouteToHostException _ -> Fault.SERVER_UNREACHABLE;
            default -> Fault.SERVER_ERROR;
        };
    }
}
