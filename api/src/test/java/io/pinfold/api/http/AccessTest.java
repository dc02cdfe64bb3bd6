package io.pinfold.api.http;

import io.pinfold.api.RawHttp;
import io.pinfold.api.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Credentials, web pages of other origins, and names that point here. */
class AccessTest {

    private static final Router ROUTES = new Router().add("GET", "/health", _ -> Reply.nothing())
            .add("GET", "/x", _ -> Reply.ok(json -> json.writeNumber(1)))
            .add("POST", "/x", _ -> Reply.ok(json -> json.writeNumber(2)));

    private static TestServer server(Map<String, String> credentials, Cors cors) {
        return TestServer.of(new HttpConfig(List.of(TestServer.LOOPBACK), credentials, cors, Map.of(),
                HttpConfig.Limits.DEFAULT), ROUTES);
    }

    private static String basic(String pair) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_right_password_passes() throws IOException {
        try (TestServer server = server(Map.of("ann", "secret:x", "bob", "ä"), Cors.NONE)) {
            assertThat(server.http().ask("GET", "/x", basic("ann:secret:x")).status()).isEqualTo(200);
            assertThat(server.http().ask("GET", "/x", basic("bob:ä")).status()).isEqualTo(200);
            assertThat(server.http().ask("GET", "/x", basic("bob:ä").replace("Basic", "bASIC")).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann:", "ann:wrong", ":secret", "ann", "bob:secret", "ann:secret ", ":"})
    void a_wrong_password_does_not(String pair) throws IOException {
        try (TestServer server = server(Map.of("ann", "secret"), Cors.NONE)) {
            RawHttp.Answer refused = server.http().ask("GET", "/x", basic(pair));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("www-authenticate")).startsWith("Basic realm=");
            assertThat(refused.body()).startsWith("{\"code\":401,\"message\":\"unauthorized");
        }
    }

    @Test
    void other_schemes_and_garbage_do_not_pass() throws IOException {
        try (TestServer server = server(Map.of("ann", "secret"), Cors.NONE)) {
            for (String header : List.of("X: y", "Authorization: Bearer abc", "Authorization: Basic !!!",
                    "Authorization: Basic", "Authorization: ")) {
                assertThat(server.http().ask("GET", "/x", header).status()).as(header).isEqualTo(401);
            }
            assertThat(server.http().ask("GET", "/unknown").status()).isEqualTo(401);
        }
    }

    @Test
    void health_and_preflight_need_no_password() throws IOException {
        try (TestServer server = server(Map.of("ann", "secret"), Cors.NONE)) {
            assertThat(server.http().ask("GET", "/health").status()).isEqualTo(204);
            assertThat(server.http().ask("OPTIONS", "/x", "Origin: https://a.example").status()).isEqualTo(204);
            assertThat(server.http().ask("POST", "/health").status()).isEqualTo(401);
        }
    }

    @Test
    void an_allowed_page_may_read_and_sees_stream_errors() throws IOException {
        Cors cors = new Cors(List.of("https://a.example"), List.of("GET", "POST"), 600);
        try (TestServer server = server(Map.of(), cors)) {
            RawHttp.Answer answer = server.http().ask("POST", "/x", "Origin: https://a.example");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://a.example");
            assertThat(answer.header("access-control-expose-headers")).contains("X-Stream-Error");
            assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
            RawHttp.Answer preflight = server.http().ask("OPTIONS", "/x", "Origin: https://a.example");
            assertThat(preflight.header("access-control-allow-methods")).isEqualTo("GET, POST");
            assertThat(preflight.header("access-control-max-age")).isEqualTo("600");
        }
    }

    @Test
    void any_other_page_can_neither_read_nor_change_anything() throws IOException {
        Cors cors = new Cors(List.of("https://a.example"), List.of("GET", "POST"), 0);
        try (TestServer server = server(Map.of(), cors)) {
            RawHttp.Answer read = server.http().ask("GET", "/x", "Origin: https://evil.example");
            assertThat(read.headers()).doesNotContainKey("access-control-allow-origin");
            assertThat(server.http().ask("POST", "/x", "Origin: https://evil.example").status()).isEqualTo(403);
            assertThat(server.http().ask("POST", "/x", "Origin: null").status()).isEqualTo(403);
            assertThat(server.http().ask("OPTIONS", "/x", "Origin: https://evil.example").headers())
                    .doesNotContainKey("access-control-allow-methods");
        }
    }

    @Test
    void every_page_may_be_allowed_but_then_without_credentials() throws IOException {
        try (TestServer server = server(Map.of(), new Cors(List.of("*"), List.of("GET"), 0))) {
            RawHttp.Answer read = server.http().ask("GET", "/x", "Origin: https://any.example");
            assertThat(read.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(read.headers()).doesNotContainKey("access-control-allow-credentials");
        }
    }

    @Test
    void a_page_served_from_here_may_do_everything() throws IOException {
        try (TestServer server = server(Map.of(), Cors.NONE)) {
            assertThat(server.http()
                    .ask("POST", "/x", "Host: localhost:9094", "Origin: http://localhost:9094")
                    .status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:9094", "localhost.evil.example", "127.0.0.1.evil.example"})
    void without_credentials_foreign_names_for_this_machine_are_refused(String host) throws IOException {
        try (TestServer open = server(Map.of(), Cors.NONE); TestServer closed = server(Map.of("u", "p"), Cors.NONE)) {
            assertThat(open.http().ask("GET", "/x", "Host: " + host).status()).isEqualTo(403);
            assertThat(closed.http().ask("GET", "/x", "Host: " + host, basic("u:p")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9094", "127.0.0.1:1", "[::1]:9094", "[::1]", "192.0.2.1"})
    void addresses_and_localhost_pass(String host) throws IOException {
        try (TestServer open = server(Map.of(), Cors.NONE)) {
            assertThat(open.http().ask("GET", "/x", "Host: " + host).status()).isEqualTo(200);
        }
    }
}
