package io.pinfold.api.gateway;

import io.pinfold.api.SmallNode;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.HeliaPeer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** A Helia without libp2p fetches from our gateway, by its block broker for trustless gateways. */
class HeliaRetrievalIT {

    @Test
    @Timeout(300) // installs Helia if need be
    void helia_fetches_from_our_gateway() {
        try (SmallNode ours = new SmallNode();
                TestServer gateway = TestServer.of(HttpConfig.at(TestServer.LOOPBACK),
                        GatewayApi.routes(ours.view(), GatewayLimits.DEFAULT, InstantSource.system()));
                HeliaPeer helia = HeliaPeer.withGateway("http://127.0.0.1:" + gateway.endpoint().getPort())) {
            assertThat(helia.block(ours.hello.toString()))
                    .isEqualTo(content(SmallNode.HELLO.getBytes(StandardCharsets.UTF_8)));
            assertThat(helia.cat(ours.root.toString(), "large")).isEqualTo(content(SmallNode.largeContent()));
            assertThat(helia.ls(ours.root.toString())).containsOnlyKeys("a.txt", "large", "link", "sub")
                    .containsEntry("large", ours.large.toString());
        }
    }

    private static HeliaPeer.Content content(byte[] data) {
        return new HeliaPeer.Content(data.length, Multihash.sha256(Bytes.copyOf(data)).digest().toHex());
    }
}
