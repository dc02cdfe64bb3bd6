package io.pinfold.templates.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.templates.ScriptedNode;
import io.pinfold.templates.TestTemplates;
import io.pinfold.templates.json.TemplateJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever is at fault is told. */
@Timeout(60)
class TemplateLoaderTest {

    private static final Bytes JSON = TemplateJson.write(TestTemplates.full());
    private static final LoadResult LOADED = new LoadResult.Loaded(TestTemplates.full(), JSON);
    private static final String NAME = "/ipns/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";

    @TempDir
    Path folder;

    private final ScriptedNode node = new ScriptedNode();
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;

    TemplateLoaderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
    }

    private LoadResult load(String source) {
        return load(source, Duration.ofSeconds(20));
    }

    private LoadResult load(String source, Duration timeout) {
        return new TemplateLoader(node, timeout).load(TemplateSource.parse(source).orElseThrow());
    }

    private Fault fault(String source) {
        return fault(load(source));
    }

    private static Fault fault(LoadResult result) {
        if (result instanceof LoadResult.Failed failed) {
            assertThat(failed.sentence()).contains(failed.detail(), failed.fault().advice());
            return failed.fault();
        }
        throw new AssertionError(result);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void serve(String path, int status, Bytes body) {
        server.createContext(path, exchange -> answer(exchange, status, body));
    }

    private static void answer(HttpExchange exchange, int status, Bytes body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.size());
            exchange.getResponseBody().write(body.toArray());
        }
    }

    @Test
    void filesAndWhatKeepsThemFromBeingRead() throws IOException {
        Path file = Files.write(folder.resolve("t.json"), JSON.toArray());
        assertThat(load(file.toString())).isEqualTo(LOADED);
        assertThat(fault(folder.resolve("none").toString())).isEqualTo(Fault.FILE_UNREADABLE);
        assertThat(fault(folder.toString())).isEqualTo(Fault.FILE_UNREADABLE);
        assertThat(fault("/dev/zero")).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault(Files.writeString(folder.resolve("x"), "{}").toString())).isEqualTo(Fault.NO_TEMPLATE);
    }

    @Test
    void namesAndContentOfIpfs() {
        Cid cid = Cid.raw(JSON);
        node.names.put(NAME, cid);
        node.files.put("/ipfs/" + cid, JSON);

        assertThat(load(NAME)).isEqualTo(LOADED);
        String address = "/ip4/192.0.2.7/tcp/4001/p2p" + NAME.substring(5);
        assertThat(load(NAME + "?via=" + address)).isEqualTo(LOADED);
        assertThat(node.connected).containsExactly(Multiaddr.parse(address).orElseThrow());
        assertThat(load("/ipfs/" + cid)).isEqualTo(LOADED);
        assertThat(fault("/ipfs/" + cid + "/none")).isEqualTo(Fault.CONTENT_NOT_FOUND);
        node.files.clear();
        assertThat(fault(NAME)).isEqualTo(Fault.CONTENT_NOT_FOUND);
        node.names.clear();
        assertThat(fault(NAME)).isEqualTo(Fault.NAME_NOT_FOUND);
        assertThat(fault("/ipns/example.org")).isEqualTo(Fault.DOMAIN_LINK_NOT_FOUND);
    }

    @Test
    void failuresOfTheIpfsNode() {
        String content = "/ipfs/" + Cid.raw(JSON);
        node.failure = failure(Kind.UNREACHABLE);
        assertThat(fault(NAME)).isEqualTo(Fault.IPFS_NODE_AWAY);
        assertThat(fault(content)).isEqualTo(Fault.IPFS_NODE_AWAY);
        node.failure = failure(Kind.TIMEOUT);
        assertThat(fault(NAME)).isEqualTo(Fault.NAME_NOT_FOUND);
        assertThat(fault(content)).isEqualTo(Fault.CONTENT_NOT_FOUND);
        node.failure = failure(Kind.BROKEN_ANSWER);
        assertThat(fault(content)).isEqualTo(Fault.NO_FILE);
        node.failure = failure(Kind.UNAUTHORIZED);
        assertThat(fault(content)).isEqualTo(Fault.IPFS_NODE_ERROR);
    }

    private static Optional<BackendFailure> failure(Kind kind) {
        return Optional.of(new BackendFailure(kind, "as scripted"));
    }

    @Test
    void pagesOfAWebServer() {
        serve("/t", 200, JSON);
        serve("/missing", 404, Bytes.fromHex("78"));
        serve("/empty", 204, Bytes.EMPTY);
        serve("/html", 200, Bytes.fromHex("3c68746d6c3e"));
        serve("/large", 200, Bytes.copyOf(new byte[TemplateJson.MAX_BYTES + 1]));

        assertThat(load(url("/t"))).isEqualTo(LOADED);
        assertThat(load(url("/missing"))).isInstanceOfSatisfying(LoadResult.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(Fault.SERVER_ERROR);
            assertThat(failed.detail()).isEqualTo("the server answered 404");
        });
        assertThat(fault(url("/empty"))).isEqualTo(Fault.SERVER_ERROR);
        assertThat(fault(url("/html"))).isEqualTo(Fault.NO_TEMPLATE);
        assertThat(fault(url("/large"))).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void anAnswerWithoutEndStopsAtTheBound() {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] some = new byte[1 << 16];
            try (exchange) {
                while (true) {
                    exchange.getResponseBody().write(some);
                }
            }
        });

        assertThat(fault(url("/endless"))).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void redirectsAreFollowedWithinTheRules() {
        serve("/t", 200, JSON);
        redirect("/a", "/b");
        redirect("/b", url("/t"));
        redirect("/round", "/round");
        redirect("/out", "http://example.org/t");
        redirect("/odd", "file:///etc/passwd");
        redirect("/bad", "http://[");

        assertThat(load(url("/a"))).isEqualTo(LOADED);
        assertThat(fault(url("/round"))).isEqualTo(Fault.BAD_REDIRECT);
        assertThat(fault(url("/out"))).isEqualTo(Fault.BAD_REDIRECT);
        assertThat(fault(url("/odd"))).isEqualTo(Fault.BAD_REDIRECT);
        assertThat(fault(url("/bad"))).isEqualTo(Fault.BAD_REDIRECT);
    }

    private void redirect(String path, String location) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            answer(exchange, 302, Bytes.EMPTY);
        });
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(fault("https://127.0.0.1:" + free + "/t")).isEqualTo(Fault.SERVER_UNREACHABLE);
    }

    @Test
    void aServerThatCannotProveWhoItIs() throws Exception {
        HttpsServer own = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        own.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context(folder)));
        own.createContext("/t", exchange -> answer(exchange, 200, JSON));
        own.start();
        try {
            assertThat(fault("https://127.0.0.1:" + own.getAddress().getPort() + "/t"))
                    .isEqualTo(Fault.SERVER_NOT_PROVEN);
        } finally {
            own.stop(0);
        }
    }

    @Test
    void nameServersThatKnowNothingOrKeepSilent() {
        URI uri = URI.create("https://cluster.example/t");
        assertThat(new WebFetcher(Duration.ofSeconds(20), new Names(host -> {
            throw new UnknownHostException(host);
        })).fetch(uri)).isEqualTo(
                new Fetched.Nothing(Fault.DOMAIN_UNKNOWN, "UnknownHostException: cluster.example"));
        assertThat(new WebFetcher(Duration.ofMillis(100), new Names(_ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        })).fetch(uri)).isInstanceOfSatisfying(Fetched.Nothing.class,
                nothing -> assertThat(nothing.fault()).isEqualTo(Fault.DOMAIN_UNKNOWN));
    }

    private interface Lookup {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private record Names(Lookup lookup) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return lookup.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Test
    void aServerThatDribblesIsCutOffAtTheTotalTime() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch closed = new CountDownLatch(1);
            Thread.startVirtualThread(() -> dribble(socket, closed));

            String url = "http://127.0.0.1:" + socket.getLocalPort() + "/";
            assertThat(fault(load(url, Duration.ofMillis(400)))).isEqualTo(Fault.TOO_SLOW);
            closed.await();
        }
    }

    /** A byte of a header every 50 ms, for as long as somebody listens. */
    private void dribble(ServerSocket socket, CountDownLatch closed) {
        try (Socket connection = socket.accept()) {
            connection.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nX: ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            while (!never.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                connection.getOutputStream().write('x');
            }
        } catch (IOException e) {
            closed.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
