package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.fetch.GraphFetch;
import io.pinfold.ipfsnode.fetch.GraphFetchConfig;
import io.pinfold.ipfsnode.fetch.GraphOutcome;
import io.pinfold.ipfsnode.fetch.GraphRequest;
import io.pinfold.ipfsnode.fetch.GraphWatcher;
import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.KuboNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Kubo as trustless gateway and as delegated router: its gateway's port is both. */
class KuboWebIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FILES = 300;

    private static KuboNode kubo;
    private static WebClient client;
    private static WebPlace place;
    private static Cid tree;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        kubo = KuboNode.start();
        place = WebPlace.parse(Files.readString(kubo.repository().resolve("gateway")).strip()).orElseThrow();
        client = new WebClient(List.of(place.base()));
        Path files = Files.createDirectories(folder.resolve("tree"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(files.resolve("file" + i), "content " + i);
        }
        Files.write(files.resolve("large"), new byte[3 << 20]);
        tree = Cid.parse(kubo.cli("add", "-r", "-Q", "--cid-version=1", files.toString())).orElseThrow();
    }

    @AfterAll
    static void stop() {
        client.close();
        kubo.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_tree_comes_as_a_stream_or_block_by_block(boolean wholeGraph) {
        InMemoryBlockstore store = new InMemoryBlockstore();
        GatewayConfig config = new GatewayConfig(8, PATIENCE, wholeGraph, PATIENCE, PATIENCE, Duration.ofSeconds(3),
                Duration.ofSeconds(2), 16 << 20, 16 << 20, PATIENCE);
        try (GatewayExchange exchange = new GatewayExchange(List.of(new TrustlessGateway(place, client)), config)) {
            GraphOutcome outcome = new GraphFetch(store, exchange, GraphFetchConfig.DEFAULT, System::nanoTime)
                    .fetch(GraphRequest.whole(tree, List.of(), PATIENCE), GraphWatcher.NONE);
            assertThat(outcome).isInstanceOf(GraphOutcome.Complete.class);
        }
        assertThat(store.usage().blocks()).isGreaterThan(FILES);
    }

    @Test
    void records_are_had_from_the_gateway_and_from_the_router() {
        String name = kubo.cli("key", "gen", "theirs");
        kubo.cli("name", "publish", "--allow-offline", "--resolve=false", "--key=theirs", "/ipfs/bafkqaaa");
        IpnsName parsed = IpnsName.parse(name).orElseThrow();
        Bytes byGateway = new TrustlessGateway(place, client).latest(parsed, PATIENCE).orElseThrow();
        Bytes byRouter = new DelegatedRouter(place, client, true).latest(parsed, PATIENCE).orElseThrow();
        assertThat(IpnsRecord.verify(parsed, byGateway).orElseThrow().valueText()).isEqualTo("/ipfs/bafkqaaa");
        assertThat(byRouter).isEqualTo(byGateway);
    }

    @Test
    void a_record_of_ours_is_put_to_the_router_and_resolved_there() {
        IpnsRecord record = IpnsRecord.sign(TestKeys.key(1), "/ipfs/bafkqaaa", Instant.now().plusSeconds(3_600), 1,
                Duration.ofMinutes(1));
        DelegatedRouter router = new DelegatedRouter(place, client, true);
        assertThat(router.put(record, PATIENCE)).isTrue();
        assertThat(router.latest(record.name(), PATIENCE)).contains(record.encoded());
        assertThat(kubo.cli("--timeout=20s", "name", "resolve", record.name().toString())).isEqualTo("/ipfs/bafkqaaa");
    }

    @Test
    void a_router_that_knows_nobody_gives_nobody() {
        assertThat(new DelegatedRouter(place, client, true).find(Cid.raw(Bytes.fromHex("77")))).isEmpty();
    }
}
