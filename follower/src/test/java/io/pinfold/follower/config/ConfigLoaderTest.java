package io.pinfold.follower.config;

import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.rpc.server.RpcServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Layers, and what is said about values that cannot be. */
class ConfigLoaderTest {

    private final Schema schema = new Schema("host1");

    @TempDir
    Path folder;

    private Path file = Path.of("service.json");

    @BeforeEach
    void place() {
        file = folder.resolve("service.json");
    }

    private ConfigResult load(String json, Map<String, String> suggestions, Map<String, String> environment,
            String... options) throws IOException {
        Files.writeString(file, json);
        return new ConfigLoader(schema).load(new ConfigSources(suggestions, file, environment, List.of(options)));
    }

    private PeerConfig config(ConfigResult result) {
        if (result instanceof ConfigResult.Loaded(PeerConfig config, _)) {
            return config;
        }
        throw new AssertionError(result);
    }

    private List<String> problems(ConfigResult result) {
        return result instanceof ConfigResult.Invalid(List<ConfigProblem> problems)
                ? problems.stream().map(ConfigProblem::sentence).map(text -> text.replace(folder + "/", "")).toList()
                : List.of();
    }

    private List<String> problems(String json, String... options) throws IOException {
        return problems(load(json, Map.of(), Map.of(), options));
    }

    @Test
    void withoutAFileEverythingIsDefault() {
        ConfigResult result = new ConfigLoader(schema)
                .load(new ConfigSources(Map.of(), file, Map.of("HOME", "/x"), List.of()));

        PeerConfig config = config(result);
        assertThat(config.cluster().peername()).isEqualTo("host1");
        assertThat(config.cluster().listen()).hasToString("[/ip4/0.0.0.0/tcp/9096]");
        assertThat(config.pinning().backends()).hasToString("[ipfs://127.0.0.1:5001]");
        assertThat(config.rest().listen()).hasToString("[/ip4/127.0.0.1/tcp/9094]");
        assertThat(config.tracker().work().concurrentPins()).isEqualTo(10);
        assertThat(config.tracker().removal().guard().delay()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.chain().staleAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(config.rpc()).isEqualTo(RpcServerConfig.DEFAULT);
        assertThat(config.tracker()).isEqualTo(TrackerConfig.DEFAULT);
        assertThat(config.pinning().patience()).isEqualTo(IpfsConfig.DEFAULT);
        assertThat(result).isInstanceOfSatisfying(ConfigResult.Loaded.class, loaded -> {
            assertThat(loaded.settings()).hasSize(schema.keys().size());
            assertThat(loaded.settings()).allMatch(setting -> setting.origin() instanceof Origin.Default);
        });
    }

    @Test
    void laterLayersWin() throws IOException {
        ConfigResult result = load("""
                {"tracker": {"pin_timeout": "3m", "max_queue": 3000, "retry_delay": "3s"}}
                """,
                Map.of("cluster.low_water", "20", "tracker.pin_timeout", "30s"),
                Map.of("PINFOLD_TRACKER_MAX_QUEUE", "4000", "PINFOLD_TRACKER_RETRY_DELAY", "4s", "PINFOLD_PATH", "/x"),
                "tracker.retry_delay=5s", "tracker.retry_delay=6s");

        TrackerConfig tracker = config(result).tracker();
        assertThat(tracker.work().concurrentUnpins()).isEqualTo(2);
        assertThat(config(result).cluster().lowWater()).isEqualTo(20);
        assertThat(tracker.work().pinTimeout()).isEqualTo(Duration.ofMinutes(3));
        assertThat(tracker.work().queueBound()).isEqualTo(4000);
        assertThat(tracker.retry().first()).isEqualTo(Duration.ofSeconds(6));
        Map<String, Setting> shown = shown(result);
        assertThat(shown.get("tracker.concurrent_unpins")).hasToString(
                "Setting[key=tracker.concurrent_unpins, value=2, origin=default]");
        assertThat(shown.get("cluster.low_water")).extracting(Setting::origin).isEqualTo(new Origin.Template());
        assertThat(shown.get("tracker.pin_timeout")).isEqualTo(
                new Setting("tracker.pin_timeout", "3m", new Origin.File(file)));
        assertThat(shown.get("tracker.max_queue")).extracting(Setting::origin)
                .isEqualTo(new Origin.Variable("PINFOLD_TRACKER_MAX_QUEUE"));
        assertThat(shown.get("tracker.retry_delay"))
                .isEqualTo(new Setting("tracker.retry_delay", "6s", new Origin.Option()));
    }

    @Test
    void componentsGetWhatTheyNeed() throws IOException {
        PeerConfig config = config(load("{}", Map.of(), Map.of(), "tracker.concurrent_pins=50",
                "tracker.pin_timeout=5s",
                "cluster.low_water=500", "cluster.high_water=600", "cluster.announce=/dns4/peer.example/tcp/1"));

        assertThat(config.pinning().patience().maxPins()).as("room for the tracker's pins").isEqualTo(50);
        assertThat(config.tracker().work().firstPinTimeout()).as("not above the later ones")
                .isEqualTo(Duration.ofSeconds(5));
        HostConfig host = config.cluster().host("pinfold/1");
        assertThat(host.connections().highWater()).isEqualTo(600);
        assertThat(host.announce()).hasToString("[/dns4/peer.example/tcp/1]");
        assertThat(host.listen()).isEqualTo(config.cluster().listen());
    }

    private static Map<String, Setting> shown(ConfigResult result) {
        return result instanceof ConfigResult.Loaded(_, List<Setting> settings)
                ? settings.stream().collect(Collectors.toMap(Setting::key, Function.identity()))
                : Map.of();
    }

    @Test
    void everyWayOfWritingAValue() throws IOException {
        PeerConfig config = config(load("""
                {"cluster": {"listen": ["/ip4/127.0.0.1/tcp/1", "/ip6/::1/tcp/2"], "low_water": 5, "grace": "PT1M"},
                 "api": {"rest": {"listen": "/ip4/0.0.0.0/tcp/9094", "basic_auth_credentials": {"ann": "s3cret"}}},
                 "trust": {"alone": true},
                 "rpc": {"egress_burst": "10MB", "egress_per_second": 1000000}}
                """, Map.of(), Map.of("PINFOLD_PINNING_BACKENDS", "ipfs://a:1,ipfs://b:2"),
                "tracker.removal_share=50%"));

        assertThat(config.cluster().listen()).hasSize(2);
        assertThat(config.cluster().grace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.rest().listen()).hasToString("[/ip4/0.0.0.0/tcp/9094]");
        assertThat(config.rest().credentials()).containsExactly(Map.entry("ann", "s3cret"));
        assertThat(config.trust().alone()).isTrue();
        assertThat(config.rpc().egressBurstBytes()).isEqualTo(10_000_000);
        assertThat(config.rpc().egressBytesPerSecond()).isEqualTo(1_000_000);
        assertThat(config.pinning().backends()).hasToString("[ipfs://a:1, ipfs://b:2]");
        assertThat(config.tracker().removal().guard().share()).isEqualTo(0.5);
        assertThat(config.rest()).asString().doesNotContain("s3cret");
    }

    @Test
    void unknownKeysAreNamedWithTheNearest() throws IOException {
        ConfigResult result = load(
                """
                        {"cluster": {"listn": [], "zzzzzzzzzzzz": 1}, "trakcer": {"pin_timeout": "1m"}, "api": {"rest": {"lisen": ""}}}
                        """,
                Map.of("cluster.listen_on", "x"),
                Map.of("PINFOLD_CHAIN_STALE_AFTR", "1h", "PINFOLD_JAVA_OPTS", "-Xmx1g"),
                "trust.alon=true", "archive", "=x", "api.listen=x");

        assertThat(problems(result)).containsExactly(
                "unknown key cluster.listen_on (template); did you mean cluster.listen?",
                "unknown key cluster.listn (service.json); did you mean cluster.listen?",
                "unknown key cluster.zzzzzzzzzzzz (service.json)",
                "unknown key trakcer (service.json); did you mean tracker?",
                "unknown key api.rest.lisen (service.json); did you mean api.rest.listen?",
                "unknown key PINFOLD_CHAIN_STALE_AFTR (environment PINFOLD_CHAIN_STALE_AFTR); did you mean PINFOLD_CHAIN_STALE_AFTER?",
                "unknown key trust.alon (--set); did you mean trust.alone?",
                "--set archive: expected section.key=value",
                "--set =x: expected section.key=value",
                "unknown key api.listen (--set); did you mean api.rest.listen?");
    }

    @Test
    void badValuesAreNamedWithWhatIsExpected() throws IOException {
        assertThat(problems(
                """
                        {"tracker": {"pin_timeout": "2x", "concurrent_pins": 0}, "log": {"level": null}, "cluster": {"listen": [[]]}}
                        """,
                "cluster.bootstrap=/ip4/1.2.3.4/tcp/1")).containsExactly(
                        "tracker.pin_timeout = \"2x\" (service.json): expected a duration from 1s to 24h, such as 30s, 1m30s or 24h; "
                                + "a number with a unit (ns, us, ms, s, m, h) is due at \"2x\"",
                        "tracker.concurrent_pins = \"0\" (service.json): expected a whole number from 1 to 1000; 0 is out of range",
                        "log.level = *** (service.json): expected one of error, warn, info, debug, trace; "
                                + "null, and lists or objects within a value, mean nothing here",
                        "cluster.listen = *** (service.json): expected a list of 0 to 16 items, each a multiaddr such as "
                                + "/ip4/0.0.0.0/tcp/9096; null, and lists or objects within a value, mean nothing here",
                        "cluster.bootstrap = \"/ip4/1.2.3.4/tcp/1\" (--set): expected a list of 0 to 256 items, each a multiaddr such "
                                + "as /dns4/peer.example/tcp/9096/p2p/12D3Koo…; item 1 \"/ip4/1.2.3.4/tcp/1\": /p2p/PEER is missing at the end");
    }

    @Test
    void aTemplateSetsFewKeysWithinNarrowRanges() throws IOException {
        assertThat(problems(load("{}", Map.of("pinning.backends", "ipfs://evil:1", "chain.stale_after", "90h",
                "tracker.pin_timeout", "1s", "cluster.high_water", "50000"), Map.of()))).containsExactly(
                        "chain.stale_after (template): a template cannot set this key",
                        "cluster.high_water = \"50000\" (template): expected a whole number from 20 to 2000; 50000 is out of range",
                        "pinning.backends (template): a template cannot set this key",
                        "tracker.pin_timeout = \"1s\" (template): expected a duration from 20s to 1h, such as 30s, 1m30s or 24h; "
                                + "1s is out of range");
        assertThat(schema.keys().stream().filter(key -> key.suggested().isPresent()).map(Key::id))
                .containsExactlyInAnyOrderElementsOf(io.pinfold.templates.SuggestedSettings.KEYS);
    }

    @Test
    void valuesThatDoNotGoTogether() throws IOException {
        assertThat(problems(
                """
                        {"cluster": {"low_water": 500}, "rpc": {"max_stranger_calls": 300},
                         "tracker": {"retry_delay": "1h", "removal_grace": "1s"}, "chain": {"stale_after": "5m", "reannounce_interval": "4m"}}
                        """))
                .containsExactly(
                        "cluster.low_water, cluster.high_water: the low water is at most the high water",
                        "chain.stale_after, chain.reannounce_interval: a head is stale only after two announcements",
                        "tracker.retry_delay, tracker.retry_max_delay: the first pause is at most the longest",
                        "tracker.removal_delay, tracker.removal_grace: the delay is at most the grace period",
                        "rpc.max_stranger_calls, rpc.max_calls: strangers' calls are at most all calls");
    }

    @Test
    void theApiIsNotOpenToOthersWithoutCredentials() throws IOException {
        for (String address : List.of("/ip4/0.0.0.0/tcp/9094", "/ip4/192.168.1.2/tcp/1", "/ip6/::/tcp/1",
                "/dns4/localhost/tcp/1", "/ip4/127.0.0.1/tcp/1,/ip4/10.0.0.1/tcp/1",
                "/unix/run/api,/ip4/0.0.0.0/tcp/1")) {
            assertThat(problems("{}", "api.rest.listen=" + address)).as(address)
                    .containsExactly(
                            "api.rest.listen, api.rest.basic_auth_credentials: an API that other machines reach needs credentials");
            assertThat(problems("{}", "api.rest.listen=" + address, "api.rest.basic_auth_credentials=a:b")).isEmpty();
        }
        assertThat(problems("{}", "api.rest.listen=/ip4/127.3.4.5/tcp/0,/ip6/::1/tcp/0,/unix/run/pinfold/api"))
                .isEmpty();
    }

    @Test
    void secretsAreNeitherShownNorRepeatedInErrors() throws IOException {
        ConfigResult good = load("{}", Map.of(), Map.of(), "pinning.backends=ipfs://ann:s3cret@kubo:5001",
                "api.rest.basic_auth_credentials=bob:s3cret");
        assertThat(shown(good).values()).asString().doesNotContain("s3cret").contains("bob:***", "ipfs://kubo:5001");

        assertThat(problems("{}", "pinning.backends=ipfs://ann:s3cret@kubo:99999",
                "api.rest.basic_auth_credentials=s3cret"))
                .hasSize(2)
                .asString()
                .doesNotContain("s3cret");
        assertThat(problems("""
                {"api": {"rest": {"basic_auth_credentials": {"ann": ["s3cret"]}}}}"""))
                .hasSize(1)
                .asString()
                .doesNotContain("s3cret");
        assertThat(problems("""
                {"api": {"rest": {"basic_auth_credentials": {"ann": s3cret}}}}"""))
                .hasSize(1)
                .asString()
                .doesNotContain("s3cret");
    }

    @Test
    void filesThatAreNoConfiguration() throws IOException {
        assertThat(problems("")).containsExactly("service.json: the file must hold one JSON object");
        assertThat(problems("[]")).containsExactly("service.json: the file must hold one JSON object");
        assertThat(problems("{")).singleElement().asString().contains("not valid JSON at line 1");
        assertThat(problems("{} {}")).singleElement().asString().contains("not valid JSON");
        assertThat(problems("{\"log\": {}, \"log\": {}}")).singleElement().asString().contains("stands twice");
        assertThat(problems("{\"log\": ".repeat(20) + "1" + "}".repeat(20))).hasSize(1);
        assertThat(problems("{\"x\": " + "[".repeat(100_000))).hasSize(1);
        assertThat(problems(" ".repeat(ServiceFile.MAX_BYTES + 1))).singleElement().asString().contains("larger than");
        Files.write(file, new byte[]{'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        assertThat(problems(new ConfigLoader(schema).load(new ConfigSources(Map.of(), file, Map.of(), List.of()))))
                .hasSize(1);
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(problems(new ConfigLoader(schema).load(new ConfigSources(Map.of(), file, Map.of(), List.of()))))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void everyDefaultIsAllowedAndEveryVariableMeansOneKey() {
        for (Key<?> key : schema.keys()) {
            assertThat(key.type().parse(new io.pinfold.follower.config.value.RawValue.Text(key.shownDefault())))
                    .as(key.id())
                    .isInstanceOf(io.pinfold.multiformats.Decoded.Ok.class);
        }
        assertThat(schema.keys().stream().map(Key::variable)).doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(ConfigLoader.OTHER_VARIABLES);
    }

    @Test
    void aNewFileHoldsWhatWasSetAndReadsTheSame() throws IOException {
        Map<String, String> set = new java.util.LinkedHashMap<>();
        Stream.of("cluster.listen=/ip4/127.0.0.1/tcp/1,/ip6/::1/tcp/2", "cluster.low_water=7", "chain.stale_after=12h",
                "api.rest.basic_auth_credentials=ann:s3cret", "api.rest.listen=", "tracker.pin_timeout=90s")
                .forEach(option -> set.put(option.substring(0, option.indexOf('=')),
                        option.substring(option.indexOf('=') + 1)));

        String text = ServiceFileText.of(schema, set);

        assertThat(text).isEqualTo("""
                {
                  "cluster" : {
                    "listen" : [ "/ip4/127.0.0.1/tcp/1", "/ip6/::1/tcp/2" ],
                    "low_water" : 7
                  },
                  "chain" : {
                    "stale_after" : "12h"
                  },
                  "api" : {
                    "rest" : {
                      "basic_auth_credentials" : {
                        "ann" : "s3cret"
                      },
                      "listen" : [ ]
                    }
                  },
                  "tracker" : {
                    "pin_timeout" : "90s"
                  }
                }
                """);
        PeerConfig config = config(load(text, Map.of(), Map.of()));
        assertThat(config.cluster().lowWater()).isEqualTo(7);
        assertThat(config.rest().listen()).isEmpty();
        assertThat(config.tracker().work().pinTimeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void theHostListensDialsAndTrimsAsConfigured() throws IOException {
        PeerConfig config = config(load("{}", Map.of(), Map.of(), "cluster.dial_timeout=42s", "cluster.low_water=3",
                "cluster.high_water=7", "cluster.grace=5s", "cluster.listen=/ip4/127.0.0.1/tcp/1"));
        io.pinfold.libp2p.HostConfig host = config.cluster().host("pinfold/test");
        assertThat(host.dials().perAddress()).isEqualTo(Duration.ofSeconds(42));
        assertThat(host.connections().lowWater()).isEqualTo(3);
        assertThat(host.connections().highWater()).isEqualTo(7);
        assertThat(host.connections().grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(host.listen()).extracting(Object::toString).containsExactly("/ip4/127.0.0.1/tcp/1");
        assertThat(host.agent()).isEqualTo("pinfold/test");
    }
}
