package io.pinfold.api.http;

import io.pinfold.api.RawHttp;
import io.pinfold.api.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Listening, bounds, lists that break, and everything that goes wrong below the routes. */
class HttpServerTest {

    private static final Router ROUTES = new Router()
            .add("GET", "/text/{x}", call -> Reply.ok(json -> json.writeString(call.variable("x"))))
            .add("POST", "/text/{x}", call -> Reply.ok(json -> json.writeString("posted")))
            .add("POST", "/body", call -> {
                int length = call.request().body(65_536).map(body -> body.length).orElse(-1);
                return Reply.ok(json -> json.writeNumber(length));
            })
            .add("GET", "/boom", _ -> {
                throw new IllegalStateException("a secret detail");
            })
            .add("GET", "/lines-boom", _ -> new Reply.Lines(line -> {
                line.accept(json -> json.writeNumber(1));
                throw new IllegalStateException("a secret detail");
            }));

    private final HttpConfig.Limits limits = new HttpConfig.Limits(8192, 8192, 100, Duration.ofMillis(500),
            Duration.ofMinutes(1));
    private final TestServer server = TestServer.of(
            new HttpConfig(List.of(TestServer.LOOPBACK), Map.of(), Cors.NONE, Map.of("X-Here", "yes"), limits), ROUTES);
    private final RawHttp http = server.http();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void decodes_the_path_and_adds_the_configured_headers() throws IOException {
        RawHttp.Answer answer = http.ask("GET", "/text/a%2Fb%20c%C3%A4");
        assertThat(answer.body()).isEqualTo("\"a/b cä\"");
        assertThat(answer.header("x-here")).isEqualTo("yes");
    }

    @Test
    void unknown_paths_and_wrong_methods() throws IOException {
        assertThat(http.ask("GET", "/nothing").body()).isEqualTo("{\"code\":404,\"message\":\"not found\"}");
        assertThat(http.ask("GET", "/").status()).isEqualTo(404);
        assertThat(http.ask("GET", "//text/x").status()).isEqualTo(404);
        assertThat(http.ask("GET", "/text//x").status()).isEqualTo(404);
        RawHttp.Answer wrong = http.ask("DELETE", "/text/x");
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("allow")).isEqualTo("GET, POST");
        assertThat(http.ask("BREW", "/text/x").status()).isEqualTo(405);
        assertThat(http.ask("GET", "/text/%zz").status()).isEqualTo(400);
        assertThat(http.ask("GET", "/text/x?a=%f").status()).isEqualTo(400);
    }

    @Test
    void a_trailing_slash_is_redirected_with_its_query_and_never_to_another_host() throws IOException {
        RawHttp.Answer redirect = http.ask("POST", "/text/x/?a=b");
        assertThat(redirect.status()).isEqualTo(307);
        assertThat(redirect.header("location")).isEqualTo("/text/x?a=b");
        assertThat(http.ask("GET", "//evil.example/").header("location")).isEmpty();
        assertThat(http.ask("GET", "/\\evil.example/").header("location")).isEmpty();
    }

    @Test
    void requests_over_a_bound_are_refused_in_the_usual_shape() throws IOException {
        assertThat(http.send("POST", "/body", "x".repeat(65_536)).body()).isEqualTo("65536");
        assertThat(http.send("POST", "/body", "x".repeat(65_537)).body()).isEqualTo("-1");
        assertThat(http.ask("GET", "/text/" + "x".repeat(9000)).status()).isEqualTo(414);
        RawHttp.Answer headers = http.ask("GET", "/text/x", "X-Long: " + "x".repeat(9000));
        assertThat(headers.status()).isEqualTo(431);
        assertThat(headers.body()).isEqualTo("{\"code\":431,\"message\":\"the header is too long\"}");
    }

    @Test
    void an_endless_chunked_body_is_cut_off_also_where_nobody_reads_it() throws IOException {
        String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
        for (String path : List.of("/body", "/text/x")) {
            byte[] answer = http.exchange("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(64));
            assertThat(RawHttp.parse(answer).status()).as(path).isIn(413, 200); // and the connection is closed
        }
    }

    @Test
    void a_bug_in_a_handler_is_a_500_that_tells_no_detail() throws IOException {
        RawHttp.Answer boom = http.ask("GET", "/boom");
        assertThat(boom.status()).isEqualTo(500);
        assertThat(boom.body()).startsWith("{\"code\":500,").doesNotContain("secret");
        RawHttp.Answer lines = http.ask("GET", "/lines-boom");
        assertThat(lines.body()).isEqualTo("1\n");
        assertThat(lines.trailers().get("x-stream-error")).startsWith("internal error").doesNotContain("secret");
    }

    @Test
    void a_request_that_never_ends_is_given_up() throws IOException {
        long began = System.nanoTime();
        byte[] answer = http.exchange("GET /text/x HTTP/1.1\r\nHost: 127.");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("200");
    }

    @Test
    void garbage_is_refused() throws IOException {
        for (String garbage : List.of("\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\nNo colon\r\n\r\n", "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: 1.1.1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
            String answer = new String(http.exchange(garbage), StandardCharsets.UTF_8);
            assertThat(answer).as(garbage).doesNotContain(" 200 ").doesNotContain(" 500 ");
        }
        assertThat(http.ask("GET", "/text/x").status()).isEqualTo(200);
    }

    @Test
    void a_client_that_leaves_ends_the_list_for_its_producer() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Router endless = new Router().add("GET", "/endless", _ -> new Reply.Lines(line -> {
            try {
                while (true) {
                    line.accept(json -> json.writeString("x".repeat(1000)));
                }
            } finally {
                ended.countDown();
            }
        }));
        try (TestServer other = TestServer.of(HttpConfig.at(TestServer.LOOPBACK), endless)) {
            try (Socket client = new Socket()) {
                client.connect(other.endpoint());
                client.getOutputStream()
                        .write("GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(client.getInputStream().readNBytes(5000)).hasSize(5000);
            }
            assertThat(ended.await(10, TimeUnit.SECONDS)).as("the producer was told").isTrue();
        }
    }

    @Test
    void lines_that_come_slowly_are_sent_at_once() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Router slow = new Router().add("GET", "/slow", _ -> new Reply.Lines(line -> {
            line.accept(json -> json.writeNumber(1));
            try {
                assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            line.accept(json -> json.writeNumber(2));
            return Optional.empty();
        }));
        try (TestServer other = TestServer.of(HttpConfig.at(TestServer.LOOPBACK), slow);
                Socket client = new Socket()) {
            client.connect(other.endpoint());
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder first = new StringBuilder();
            while (first.indexOf("1\n") < 0 || first.indexOf("\r\n\r\n") < 0) {
                first.append((char) client.getInputStream().read());
            }
            seen.countDown();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("2\n");
        }
    }

    @Test
    void one_connection_carries_many_requests_also_sent_ahead() throws IOException {
        String ask = "GET /text/%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n";
        String answers = new String(http.exchange(ask.formatted("first", "") + ask.formatted("second", "")
                + "POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\nabc"
                + ask.formatted("last", "Connection: close\r\n") + ask.formatted("never", "")),
                StandardCharsets.UTF_8);
        assertThat(answers).containsSubsequence("\"first\"", "\"second\"", "\r\n\r\n3", "\"last\"")
                .doesNotContain("never");
    }

    @Test
    void a_client_that_asks_before_it_sends_its_body_is_told_to_go_on() throws IOException {
        String answer = new String(http.exchange("POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n3");
    }

    @Test
    void old_clients_get_their_answers_without_chunks() throws IOException {
        String lines = new String(http.exchange("GET /lines-boom HTTP/1.0\r\n\r\n"), StandardCharsets.UTF_8);
        assertThat(lines).doesNotContain("Transfer-Encoding").endsWith("\r\n\r\n1\n");
        assertThat(new String(http.exchange("HEAD /text/x HTTP/1.0\r\n\r\n"), StandardCharsets.UTF_8))
                .contains(" 405 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void connections_over_the_bound_wait_for_their_turn() throws Exception {
        HttpConfig one = new HttpConfig(List.of(TestServer.LOOPBACK), Map.of(), Cors.NONE, Map.of(),
                new HttpConfig.Limits(8192, 8192, 1, Duration.ofSeconds(20), Duration.ofMinutes(1)));
        try (TestServer narrow = TestServer.of(one, ROUTES); Socket first = new Socket()) {
            first.connect(narrow.endpoint());
            first.getOutputStream()
                    .write("GET /text/1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(first.getInputStream().read()).isEqualTo('H');
            FutureTask<RawHttp.Answer> second = new FutureTask<>(() -> narrow.http().ask("GET", "/text/2"));
            Thread waiting = Thread.ofVirtual().start(second);
            first.getOutputStream()
                    .write("GET /text/3 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("\"3\"");
            first.shutdownOutput();
            assertThat(second.get(20, TimeUnit.SECONDS).body()).isEqualTo("\"2\"");
            waiting.join();
        }
    }

    @Test
    void closing_ends_what_is_running_and_returns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Router hanging = new Router().add("GET", "/hang", _ -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return Reply.nothing();
            } catch (InterruptedException _) {
                ended.countDown();
                return Reply.nothing();
            }
        });
        TestServer other = TestServer.of(HttpConfig.at(TestServer.LOOPBACK), hanging);
        try (Socket client = new Socket()) {
            client.connect(other.endpoint());
            client.getOutputStream()
                    .write("GET /hang HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            other.close();
            assertThat(ended.getCount()).as("the handler ended before close returned").isZero();
        }
    }

    @Test
    void a_port_in_use_is_refused_with_its_address() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ListenAddress address = ListenAddress.parse("/ip4/127.0.0.1/tcp/" + taken.getLocalPort()).orElseThrow();
            assertThat(HttpServer.start(HttpConfig.at(TestServer.LOOPBACK, address), ROUTES))
                    .isInstanceOfSatisfying(HttpServer.Started.Refused.class, refused -> {
                        assertThat(refused.address()).isEqualTo(address);
                        assertThat(refused.why()).contains("in use");
                    });
        }
    }

    @Test
    void an_address_open_to_others_needs_credentials() {
        ListenAddress everywhere = ListenAddress.parse("/ip4/0.0.0.0/tcp/0").orElseThrow();
        assertThat(HttpServer.start(HttpConfig.at(everywhere), ROUTES))
                .isInstanceOfSatisfying(HttpServer.Started.Refused.class,
                        refused -> assertThat(refused.why()).contains("credentials"));
        HttpConfig withPassword = new HttpConfig(List.of(everywhere), Map.of("u", "p"), Cors.NONE, Map.of(), limits);
        assertThat(withPassword.isOpenToOthers()).isFalse();
        assertThat(withPassword.toString()).contains("u").doesNotContain("=p").doesNotContain("\"p\"");
    }

    @Test
    void listens_at_several_addresses_and_at_a_socket_in_the_file_system(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("api-socket");
        HttpConfig config = HttpConfig.at(TestServer.LOOPBACK, TestServer.LOOPBACK, new ListenAddress.Unix(socket));
        for (int round = 0; round < 2; round++) { // the second finds the first one's file
            try (TestServer several = TestServer.of(config, ROUTES);
                    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThat(several.server().addresses()).hasSize(3).doesNotHaveDuplicates();
                RawHttp second = new RawHttp(
                        (InetSocketAddress) several.server().addresses().get(1).socketAddress());
                assertThat(second.ask("GET", "/text/x").status()).isEqualTo(200);
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap("GET /text/u HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)));
                ByteBuffer answer = ByteBuffer.allocate(4096);
                while (channel.read(answer) >= 0) {
                    assertThat(answer.hasRemaining()).isTrue();
                }
                assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8))
                        .contains(" 200 ", "\"u\"");
            }
        }
    }
}
