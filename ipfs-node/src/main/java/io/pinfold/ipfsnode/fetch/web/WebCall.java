package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.fetch.web.WebBody.BadAnswerException;
import io.pinfold.ipfsnode.fetch.web.WebResult.Kind;
import io.pinfold.libp2p.limit.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, over as many redirects as are allowed.
 *
 * <p>The worker's thread is blocked in the network, which only closing the connection ends; the caller's thread has the timers.
 */
final class WebCall<T> {

    private static final int MAX_REDIRECTS = 3;
    /** Within which a worker ends after its connection was closed; one that asks a silent name server takes longer, alone. */
    private static final Duration ENDING = Duration.ofMillis(200);

    private final Function<URI, CloseableHttpClient> clients;
    private final WebRequest request;
    private final WebBody.Reader<T> reader;
    private final CompletableFuture<WebResult<T>> answer = new CompletableFuture<>();
    private final AtomicReference<WebResult<T>> cutShort = new AtomicReference<>();
    private final Thread worker;
    private volatile long lastSign = System.nanoTime();
    private volatile @Nullable HttpUriRequestBase current;
    private volatile boolean answered;

    WebCall(Function<URI, CloseableHttpClient> clients, WebRequest request, WebBody.Reader<T> reader,
            Consumer<WebCall<T>> whenEnded) {
        this.clients = clients;
        this.request = request;
        this.reader = reader;
        this.worker = Thread.ofVirtual().name("web").unstarted(() -> {
            try {
                answer.complete(follow());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                whenEnded.accept(this);
            }
        });
    }

    /** Runs it for at most {@code total}; the caller's thread stays interrupted if it was. */
    WebResult<T> run(Duration total) {
        worker.start();
        try {
            watch(System.nanoTime() + total.toNanos());
        } catch (InterruptedException e) {
            cut(Kind.CANCELLED, "interrupted");
            Thread.currentThread().interrupt();
        }
        WebResult<T> early = cutShort.get();
        if (early != null) {
            awaitEnd();
            return early;
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WebResult.Failed<>(Kind.CANCELLED, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading an answer failed", e.getCause());
        }
    }

    /** Ends it from any thread. */
    void callOff() {
        cut(Kind.CANCELLED, "closed");
    }

    /** Waits until its thread has ended. */
    void join() {
        Threads.join(worker);
    }

    private void watch(long end) throws InterruptedException {
        while (!answer.isDone()) {
            long left = end - System.nanoTime();
            long quiet = lastSign + request.silence().toNanos() - System.nanoTime();
            if (left <= 0) {
                cut(Kind.TIMEOUT, "no whole answer within " + request.total());
                return;
            }
            if (quiet <= 0) {
                cut(Kind.SILENT, "the answer did not get on for " + request.silence());
                return;
            }
            try {
                answer.get(Math.min(left, quiet), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                return;
            } catch (TimeoutException e) {
                // look at the time again
            }
        }
    }

    private void cut(Kind kind, String detail) {
        if (!answer.isDone() && cutShort.compareAndSet(null, new WebResult.Failed<>(kind, detail))) {
            HttpUriRequestBase running = current;
            if (running != null) {
                running.abort();
            }
            worker.interrupt();
        }
    }

    private void awaitEnd() {
        try {
            if (!worker.join(ENDING)) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WebResult<T> follow() {
        URI at = request.uri();
        try {
            for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
                Hop<T> hop = ask(at);
                if (hop.result != null) {
                    return hop.result;
                }
                Optional<URI> next = next(at, hop.location);
                if (next.isEmpty()) {
                    return new WebResult.Failed<>(Kind.BAD_REDIRECT, "it leads to " + excerpt(hop.location));
                }
                at = next.get();
            }
            return new WebResult.Failed<>(Kind.BAD_REDIRECT, "more than " + MAX_REDIRECTS + " redirects");
        } catch (CancellationException e) {
            return new WebResult.Failed<>(Kind.CANCELLED, "called off before there was a connection");
        } catch (BadAnswerException e) {
            return new WebResult.Failed<>(Kind.BAD_ANSWER, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            Kind other = answered ? Kind.BAD_ANSWER : Kind.UNREACHABLE;
            Kind kind = e instanceof GuardedNames.NotPublicException ? Kind.BAD_REDIRECT : other;
            return new WebResult.Failed<>(kind, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** What one server said: the end of the way, or where it leads. */
    private record Hop<T>(@Nullable WebResult<T> result, String location) {}

    private Hop<T> ask(URI uri) throws IOException {
        HttpUriRequestBase message = new HttpUriRequestBase(request.body().isPresent() ? "PUT" : "GET", uri);
        message.addHeader("Accept", request.accept());
        request.body()
                .ifPresent(body -> message
                        .setEntity(new ByteArrayEntity(body.toArray(), ContentType.create(request.contentType()))));
        current = message;
        if (cutShort.get() != null) {
            throw new IOException("cut short");
        }
        ClassicHttpResponse response = clients.apply(uri).executeOpen(null, message, null);
        try {
            answered = true;
            lastSign = System.nanoTime();
            return answer(response);
        } finally {
            message.abort(); // closing alone would read on to the end; a connection whose answer was read is kept
            Closer.closeQuietly(response);
        }
    }

    private Hop<T> answer(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        Header location = response.getFirstHeader("Location");
        if (status / 100 == 3 && location != null && request.body().isEmpty()) {
            return new Hop<>(null, String.valueOf(location.getValue()));
        }
        HttpEntity entity = response.getEntity();
        if (status != 200) {
            return new Hop<>(new WebResult.Refused<>(status), "");
        }
        InputStream stream = entity == null ? InputStream.nullInputStream() : entity.getContent();
        String type = entity == null || entity.getContentType() == null ? "" : entity.getContentType();
        WebBody body = new WebBody(stream, type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT),
                () -> lastSign = System.nanoTime());
        return new Hop<>(new WebResult.Got<>(reader.read(body)), "");
    }

    /** Where a redirect leads: to HTTP or HTTPS, and never away from TLS. */
    private static Optional<URI> next(URI from, String location) {
        try {
            URI to = from.resolve(new URI(location));
            boolean web = "https".equalsIgnoreCase(to.getScheme())
                    || ("http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme()));
            return web && to.getHost() != null && to.getUserInfo() == null ? Optional.of(to) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String excerpt(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
