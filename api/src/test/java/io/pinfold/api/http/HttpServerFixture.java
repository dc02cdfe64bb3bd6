package io.pinfold.api.http;

import io.pinfold.api.RawHttp;
import io.pinfold.api.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A server of a few routes, one of which has a bug. */
abstract class HttpServerFixture {

    static final Router ROUTES = new Router()
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

    final HttpConfig.Limits limits = new HttpConfig.Limits(8192, 8192, 100, Duration.ofMillis(500),
            Duration.ofMinutes(1));
    final TestServer server = TestServer.of(
            new HttpConfig(List.of(TestServer.LOOPBACK), Map.of(), Cors.NONE, Map.of("X-Here", "yes"), limits), ROUTES);
    final RawHttp http = server.http();

    @AfterEach
    void stop() {
        server.close();
    }
}
