package io.pinfold.api.gateway;

import io.pinfold.api.RawHttp;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.HttpConfig.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway does not give, and what it bounds. */
class GatewayRefusalsTest extends GatewayFixture {

    @ParameterizedTest
    @ValueSource(strings = {"", "?format=tar", "?format=dag-json", "?format=html", "?format=ipns-record",
        "/a.txt?format=raw"})
    void answers_nothing_that_must_be_believed(String rest) throws IOException {
        RawHttp.Answer answer = get("/ipfs/" + node.root + rest);
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dag-scope=x", "dag-scope=ALL", "entity-bytes=5", "entity-bytes=5:1", "entity-bytes=-1:-5",
        "entity-bytes=a:b", "entity-bytes=*:5", "entity-bytes=99999999999999999999:*", "entity-bytes=0:1:2",
        "car-version=2",
        "car-order=bfs", "car-dups=maybe", "dag-scope=all&dag-scope=block"})
    void refuses_bad_parameters(String parameters) throws IOException {
        assertThat(get("/ipfs/" + node.root + "?format=car&" + parameters).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ipfs/bogus?format=car", "/ipfs/bogus?format=raw", "/ipfs/%00?format=raw",
        "/ipfs/..%2f..%2fetc%2fpasswd?format=car", "/ipfs/%zz?format=raw"})
    void refuses_what_is_no_cid(String target) throws IOException {
        assertThat(get(target).status()).isEqualTo(400);
    }

    @Test
    void bounds_paths() throws IOException {
        assertThat(get("/ipfs/" + node.root + "/x".repeat(CarAnswer.MAX_PATH + 1) + "?format=car").status())
                .isEqualTo(400);
        assertThat(get("/ipfs/" + node.root + "/../a.txt?format=car").status()).isEqualTo(200);
        assertThat(get("/ipfs?format=raw").status()).isEqualTo(404);
        assertThat(get("/ipfs/" + node.hello + "?format=raw&filename=%22%0d%0aX-Evil%3a1/%C3%BC").headers())
                .doesNotContainKey("x-evil");
        assertThat(server.http().ask("POST", "/ipfs/" + node.hello).status()).isEqualTo(405);
    }

    @Test
    void cuts_what_is_too_long_and_tells_others_to_come_again() throws IOException {
        GatewayLimits tight = new GatewayLimits(1, 8 << 20, Duration.ofMinutes(1));
        String bomb = "GET /ipfs/" + node.bomb
                + "?format=car&car-dups=y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (TestServer small = server(tight, Limits.DEFAULT); Socket socket = new Socket()) {
            socket.connect(small.endpoint());
            socket.getOutputStream().write(bomb.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            RawHttp.Answer second = small.http().ask("GET", "/ipfs/" + node.hello + "?format=raw");
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.header("retry-after")).isEqualTo("1");
            byte[] rest = readAll(socket);
            assertThat(rest.length).isBetween(7 << 20, 9 << 20);
            assertThat(new String(rest, rest.length - 5, 5, StandardCharsets.ISO_8859_1)).isNotEqualTo("0\r\n\r\n");
        }
    }

    private static byte[] readAll(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[1 << 16];
        try {
            for (int n = socket.getInputStream().read(some); n >= 0; n = socket.getInputStream().read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketException _) {
            // a reset is an end too
        }
        return all.toByteArray();
    }

    @Test
    void lets_go_of_who_does_not_read() throws IOException {
        GatewayLimits tight = new GatewayLimits(1, 1L << 40, Duration.ofHours(1));
        Limits impatient = new Limits(32 << 10, 16 << 10, 16, Duration.ofMillis(300), Duration.ofSeconds(5));
        try (TestServer small = server(tight, impatient); Socket idle = new Socket()) {
            idle.setReceiveBufferSize(4096);
            idle.connect(small.endpoint());
            idle.getOutputStream()
                    .write(("GET /ipfs/" + node.bomb
                            + "?format=car&car-dups=y HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            Instant end = Instant.now().plusSeconds(20);
            int status = 429;
            while (status == 429 && Instant.now().isBefore(end)) {
                status = small.http().ask("GET", "/ipfs/" + node.hello + "?format=raw").status();
            }
            assertThat(status).isEqualTo(200);
        }
    }
}
