package io.pinfold.api.gateway;

import io.pinfold.api.SmallNode;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.follower.assembly.StandaloneNode;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfsnode.fetch.web.WebPlace;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An embedded node that knows no peer pins what another's gateway has. */
class GatewayPinsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void a_gateway_is_enough() throws IOException {
        try (SmallNode source = new SmallNode();
                TestServer gateway = TestServer.of(HttpConfig.at(TestServer.LOOPBACK),
                        GatewayApi.routes(source.view(), GatewayLimits.DEFAULT, InstantSource.system()));
                StandaloneNode node = StandaloneNode.open("0.1.0", EmbeddedNodeConfig.DEFAULT.withWeb(List.of(),
                        List.of(WebPlace.parse("http://127.0.0.1:" + gateway.endpoint().getPort()).orElseThrow())),
                        SmallNode.NO_NETWORK, InstantSource.system())) {
            assertThat(node.node()
                    .pin(new PinRequest(source.root, new PinDepth.Recursive(), "", Optional.empty(), List.of(),
                            PATIENCE), (_, _) -> {}))
                    .isEqualTo(new PinOutcome.Pinned());
            assertThat(node.node().cat("/ipfs/" + source.root + "/large", SmallNode.LARGE, PATIENCE))
                    .isEqualTo(new Answer.Got<>(Bytes.copyOf(SmallNode.largeContent())));
        }
    }
}
