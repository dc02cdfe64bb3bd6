package io.pinfold.follower.config;

import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.rpc.server.RpcServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Layers, and what components get of them. */
class ConfigLoaderTest extends ConfigLoaderFixture {

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
