package io.pinfold.api.gateway;

import io.pinfold.api.SmallNode;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.testkit.KuboNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Kubo that is connected to nobody fetches from our gateway: it asks a router for providers, which names the gateway.
 *
 * <p>Kubo takes providers over plain HTTP at addresses of one's own machine or network, though its documentation says that it takes none.
 */
class KuboRetrievalIT {

    @Test
    void kubo_pins_from_our_gateway(@TempDir Path folder) throws Exception {
        try (SmallNode ours = new SmallNode();
                TestServer gateway = TestServer.of(HttpConfig.at(TestServer.LOOPBACK),
                        GatewayApi.routes(ours.view(), GatewayLimits.DEFAULT, InstantSource.system()));
                TestServer router = router(gateway);
                KuboNode kubo = KuboNode.start(Map.of("/HTTPRetrieval/Enabled", true, "/Routing/Type", "delegated",
                        "/Routing/DelegatedRouters", List.of("http://127.0.0.1:" + router.endpoint().getPort())))) {
            assertThat(kubo.cli("pin", "add", "--timeout=30s", ours.root.toString())).contains("pinned");
            Path large = folder.resolve("large");
            kubo.cli("get", "-o", large.toString(), "/ipfs/" + ours.root + "/large");
            assertThat(Files.readAllBytes(large)).isEqualTo(SmallNode.largeContent());
            assertThat(kubo.cli("ls", "/ipfs/" + ours.root)).contains("a.txt", "large", "link", "sub/");
            assertThat(kubo.cli("swarm", "peers")).isEmpty();
        }
    }

    /** A router that names {@code gateway} whatever is looked for. */
    private static TestServer router(TestServer gateway) {
        String answer = """
                {"Providers": [{"Schema": "peer", "ID": "%s", "Addrs": ["/ip4/127.0.0.1/tcp/%d/http"],
                                "Protocols": ["transport-ipfs-gateway-http"]}]}
                """.formatted(PrivateKey.generate(new SecureRandom()).peerId(), gateway.endpoint().getPort());
        Reply reply = new Reply.Whole(200, Map.of("Content-Type", "application/json"),
                Bytes.copyOf(answer.getBytes(StandardCharsets.UTF_8)));
        return TestServer.of(HttpConfig.at(TestServer.LOOPBACK),
                new Router().add("GET", "/routing/v1/providers/{cid}", _ -> reply));
    }
}
