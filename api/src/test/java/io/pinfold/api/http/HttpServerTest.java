package io.pinfold.api.http;

import io.pinfold.api.RawHttp;
import io.pinfold.api.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that are served, refused or given up. */
class HttpServerTest extends HttpServerFixture {

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
}
