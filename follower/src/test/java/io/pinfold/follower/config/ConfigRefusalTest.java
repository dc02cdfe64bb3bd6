package io.pinfold.follower.config;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said about values that cannot be, and what is not. */
class ConfigRefusalTest extends ConfigLoaderFixture {

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
}
