package io.pinfold.api.kubo;

import io.pinfold.api.RawHttp;
import io.pinfold.api.SmallNode;
import io.pinfold.api.doors.IpfsDoors;
import io.pinfold.api.http.ListenAddress;
import io.pinfold.follower.assembly.StandaloneNode;
import io.pinfold.follower.config.DoorsConfig;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.ipfsnode.fetch.web.WebPlace;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.ProcessRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The program {@code ipfs} and the gateway say of our node what they say of a Kubo with the same content. */
class KuboToolsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FILES = 2_500;

    @TempDir
    private static Path folder;

    private static KuboNode kubo;
    private static StandaloneNode node;
    private static IpfsDoors doors;
    private static String ours;
    private static String theirGateway;
    private static String tree;
    private static String small;

    @BeforeAll
    static void start() throws IOException {
        kubo = KuboNode.start();
        Path files = Files.createDirectories(folder.resolve("tree/sub"));
        Path many = Files.createDirectories(folder.resolve("tree/many"));
        Files.writeString(folder.resolve("tree/a.txt"), "hello\n");
        Files.writeString(files.resolve("ü.txt"), "deep");
        Files.createSymbolicLink(folder.resolve("tree/link"), Path.of("a.txt"));
        byte[] random = new byte[1_500_000];
        new Random(3).nextBytes(random);
        Files.write(folder.resolve("tree/large"), random);
        Files.write(folder.resolve("tree/zeros"), new byte[1_000_000]);
        for (int i = 0; i < FILES; i++) {
            Files.writeString(many.resolve("a name that makes the folder so large that it is cut into shards, number "
                    + "x".repeat(40) + i), "content " + i);
        }
        tree = kubo.cli("add", "-r", "-Q", "--cid-version=1", "--pin-name=mine", folder.resolve("tree").toString());
        small = kubo.cli("add", "-Q", "--chunker=size-1000", folder.resolve("tree/large").toString());
        node = StandaloneNode.open("0.1.0", EmbeddedNodeConfig.DEFAULT, SmallNode.NO_NETWORK, InstantSource.system());
        DoorsConfig config = new DoorsConfig(List.of("/ip4/127.0.0.1/tcp/0"), List.of("/ip4/127.0.0.1/tcp/0"));
        doors = ((IpfsDoors.Opened.Open) IpfsDoors.open(node, config, folder.resolve("s"))).doors();
        ours = doors.addresses().get(1).toString();
        theirGateway = Files.readString(kubo.repository().resolve("gateway")).strip();
        assertThat(ourCli("add", "-r", "-Q", "--cid-version=1", "--pin-name=mine", folder.resolve("tree").toString())
                .orElseThrow()).isEqualTo(tree);
        assertThat(ourCli("add", "-Q", "--chunker=size-1000", folder.resolve("tree/large").toString()).orElseThrow())
                .isEqualTo(small);
    }

    @AfterAll
    static void stop() {
        doors.close();
        node.close();
        kubo.close();
    }

    private static ProcessRunner.Result ourCli(String... arguments) {
        return kubo.tryCli(Stream.concat(Stream.of("--api", ours), Arrays.stream(arguments)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat TREE/a.txt", "cat -o 2 -l 3 TREE/sub/ü.txt", "cat -o 1499000 TREE/large", "cat TREE",
        "cat TREE/nope", "cat TREE/link", "ls TREE", "ls -s TREE", "ls -l TREE", "ls -v TREE/many", "ls TREE/large",
        "ls --resolve-type=false --size=false TREE", "pin ls --names TREE", "pin ls TREE/a.txt", "pin ls bafkqaaa",
        "pin ls --type=direct", "pin ls --type=nonsense", "block get TREE", "block get bogus", "block stat TREE/large",
        "block stat --offline bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq", "dag export SMALL",
        "resolve /ipfs/TREE/many", "swarm peers", "version"})
    void a_command_says_the_same(String command) {
        String[] words = command.replace("TREE", tree).replace("SMALL", small).split(" ");
        ProcessRunner.Result expected = kubo.tryCli(words);
        ProcessRunner.Result actual = ourCli(words);
        assertThat(actual.out()).isEqualTo(expected.out());
        assertThat(actual.exit()).isEqualTo(expected.exit());
        assertThat(actual.err()).isEqualTo(expected.err());
    }

    /** What has no order is compared without one; Kubo pins an empty folder of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"pin ls", "pin ls -s", "pin ls --type=indirect -s --quiet"})
    void a_command_lists_the_same(String command) {
        String[] words = command.split(" ");
        assertThat(ourCli(words).orElseThrow().lines())
                .containsExactlyInAnyOrderElementsOf(kubo.cli(words)
                        .lines()
                        .filter(line -> !line.startsWith("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn"))
                        .toList());
    }

    @Test
    void the_node_tells_of_itself() {
        assertThat(ourCli("id", "-f", "<aver>").orElseThrow()).isEqualTo("pinfold/0.1.0");
        assertThat(ourCli("repo", "stat").orElseThrow()).contains("NumObjects:", "pinfold@1");
        assertThat(ourCli("refs", "local").orElseThrow().lines().count()).isGreaterThan(FILES);
        assertThat(ourCli("repo", "verify").orElseThrow()).endsWith("verify complete, all blocks validated.");
    }

    @Test
    void an_archive_goes_in_and_what_no_pin_keeps_goes_away() throws IOException {
        Path car = folder.resolve("loose.car");
        String loose = kubo.cli("add", "-Q", "--only-hash", folder.resolve("tree/a.txt").toString());
        assertThat(ourCli("add", "-Q", "--pin=false", folder.resolve("tree/a.txt").toString()).orElseThrow())
                .isEqualTo(loose);
        Files.write(car, body("/api/v0/dag/export?arg=" + loose));
        ourCli("repo", "gc").orElseThrow();
        assertThat(ourCli("block", "stat", "--offline", loose).exit()).isEqualTo(1);
        assertThat(ourCli("dag", "import", car.toString()).orElseThrow()).contains(loose);
        assertThat(ourCli("cat", loose).orElseThrow()).isEqualTo("hello");
        assertThat(node.node().unpin(Cid.parse(loose).orElseThrow(), "")).isEqualTo(new UnpinOutcome.Unpinned());
    }

    private static byte[] body(String path) throws IOException {
        InetSocketAddress api = (InetSocketAddress) ListenAddress.parse(ours).orElseThrow().socketAddress();
        byte[] answer = new RawHttp(api).exchange("POST " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
        return content(answer);
    }

    private static byte[] content(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        assertThat(text).matches("(?s)HTTP/1.[01] 200 .*");
        return Arrays.copyOfRange(answer, text.indexOf("\r\n\r\n") + 4, answer.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TREE?format=raw", "SMALL?format=raw", "bafkqaaa?format=raw", "bafkqaaa?format=car",
        "TREE?format=car", "TREE/sub/%C3%BC.txt?format=car", "TREE/zeros?format=car",
        "TREE/zeros?format=car&car-dups=y",
        "TREE?format=car&dag-scope=block", "TREE?format=car&dag-scope=entity", "TREE/many?format=car&dag-scope=entity",
        "TREE/many?format=car&dag-scope=block", "TREE/link?format=car&dag-scope=entity", "TREE/nope?format=car",
        "TREE/large/nope?format=car", "SMALL?format=car&dag-scope=entity&car-dups=y",
        "SMALL?format=car&dag-scope=entity&entity-bytes=500:1500", "SMALL?format=car&dag-scope=entity&entity-bytes=0:0",
        "SMALL?format=car&dag-scope=entity&entity-bytes=-1000:*",
        "SMALL?format=car&dag-scope=entity&entity-bytes=5000:-1490000",
        "SMALL?format=car&dag-scope=entity&entity-bytes=2000000:3000000",
        "SMALL?format=car&dag-scope=entity&entity-bytes=1499999:3000000",
        "SMALL?format=car&dag-scope=entity&entity-bytes=-5000000:10"})
    void the_gateway_answers_the_same_bytes(String what) throws IOException {
        String path = "/ipfs/" + what.replace("TREE", tree).replace("SMALL", small);
        InetSocketAddress own = (InetSocketAddress) doors.addresses().get(2).socketAddress();
        URI their = URI.create(theirGateway);
        byte[] expected = get(new InetSocketAddress(InetAddress.getLoopbackAddress(), their.getPort()), path);
        assertThat(get(own, path)).isEqualTo(expected);
    }

    private static byte[] get(InetSocketAddress server, String path) throws IOException {
        return content(new RawHttp(server).exchange("GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"));
    }

    @Test
    void another_node_fetches_from_the_gateway() throws IOException {
        InetSocketAddress own = (InetSocketAddress) doors.addresses().get(2).socketAddress();
        EmbeddedNodeConfig withGateway = EmbeddedNodeConfig.DEFAULT.withWeb(List.of(),
                List.of(WebPlace.parse("http://127.0.0.1:" + own.getPort()).orElseThrow()));
        try (StandaloneNode other = StandaloneNode.open("0.1.0", withGateway, SmallNode.NO_NETWORK,
                InstantSource.system())) {
            PinRequest request = new PinRequest(Cid.parse(tree).orElseThrow(), new PinDepth.Recursive(), "",
                    Optional.empty(),
                    List.of(), PATIENCE);
            assertThat(other.node().pin(request, (_, _) -> {})).isEqualTo(new PinOutcome.Pinned());
        }
    }
}
