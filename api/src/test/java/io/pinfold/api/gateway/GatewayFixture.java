package io.pinfold.api.gateway;

import io.pinfold.api.RawHttp;
import io.pinfold.api.SmallNode;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.http.HttpConfig.Limits;
import io.pinfold.api.http.HttpConfig.Manner;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A gateway of a small node, for all tests of a class. */
abstract class GatewayFixture {

    private static final Manner PUBLIC = new Manner(true, true, false);

    static SmallNode node;
    static TestServer server;

    @BeforeAll
    static void start() {
        node = new SmallNode();
        server = server(GatewayLimits.DEFAULT, Limits.DEFAULT);
    }

    static TestServer server(GatewayLimits limits, Limits http) {
        return TestServer.of(new HttpConfig(List.of(TestServer.LOOPBACK), Map.of(), Cors.NONE, Map.of(), http, PUBLIC),
                GatewayApi.routes(node.view(), limits, InstantSource.system()));
    }

    @AfterAll
    static void stop() {
        server.close();
        node.close();
    }

    static RawHttp.Answer get(String target, String... headers) throws IOException {
        return server.http().ask("GET", target, headers);
    }
}
