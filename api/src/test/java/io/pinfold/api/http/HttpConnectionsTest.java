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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the server listens, what one connection carries, and how it ends. */
class HttpConnectionsTest extends HttpServerFixture {

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
