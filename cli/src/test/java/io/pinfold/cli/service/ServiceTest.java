package io.pinfold.cli.service;

import io.pinfold.cli.TestConsole;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.cli.service.daemon.DaemonPlan;
import io.pinfold.cli.service.daemon.DaemonRunner;
import io.pinfold.cli.service.daemon.StopSignal;
import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole program, with a peer that does nothing. No IPFS node answers at the backend that is set here. */
class ServiceTest {

    private static final String NO_NODE = "ipfs://127.0.0.1:9";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path base = Path.of("");

    private final TestConsole console = new TestConsole();
    private final List<DaemonPlan> started = new ArrayList<>();
    private DaemonRunner.Start start = new DaemonRunner.Start.Running(new IdleDaemon());
    private final StopSignal signal = StopSignal.byHand();

    private static final class IdleDaemon implements DaemonRunner.Daemon {

        @Override
        public List<String> apiAddresses() {
            return List.of("/ip4/127.0.0.1/tcp/9094");
        }

        @Override
        public void close() {}
    }

    private Result service(String folder, String... words) {
        List<String> all = new ArrayList<>(List.of("--config", base.resolve(folder).toString()));
        all.addAll(Arrays.asList(words));
        return console.run((on, args) -> Service.run(on, plan -> {
            started.add(plan);
            return start;
        }, signal, args), all.toArray(String[]::new));
    }

    private Result fine(String folder, String... words) {
        Result result = service(folder, words);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private Result init(String folder, String... words) {
        List<String> all = new ArrayList<>(List.of("init", "--pinning", NO_NODE));
        all.addAll(Arrays.asList(words));
        return service(folder, all.toArray(String[]::new));
    }

    private JsonNode id(String folder) {
        return JSON.readTree(fine(folder, "id", "--enc", "json").out());
    }

    private Path templateOf(String folder) throws IOException {
        return Files.writeString(base.resolve(folder + ".json"), fine(folder, "template", "show").out());
    }

    @Test
    void init_makes_a_cluster_that_trusts_this_peer_alone() throws IOException {
        Result made = init("a", "--name", "films");
        assertThat(made.code()).as(made.err()).isZero();
        JsonNode id = id("a");
        assertThat(made.out()).contains("Cluster:      films", id.path("cluster_id").asString(),
                "Trusted keys: " + id.path("id").asString() + " (this peer)\n");
        assertThat(id.path("trusted").asBoolean()).isTrue();
        assertThat(id.path("trusted_keys")).hasSize(1);
        assertThat(Files.getPosixFilePermissions(base.resolve("a/identity.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void founders_are_trusted_together() {
        init("other");
        String founder = id("other").path("id").asString();
        assertThat(init("a", "--trust", founder).out()).contains(founder);
        assertThat(id("a").path("trusted_keys")).hasSize(2);
    }

    @Test
    void a_folder_has_one_cluster_for_good() throws IOException {
        init("a", "--name", "first");
        String first = id("a").path("cluster_id").asString();
        assertThat(service("a", "init").code()).isEqualTo(ServiceExit.OTHER_CLUSTER);
        init("b", "--name", "second");
        String second = id("b").path("cluster_id").asString();
        Result refused = service("a", "init", "--template", templateOf("b").toString());
        assertThat(refused.code()).isEqualTo(ServiceExit.OTHER_CLUSTER);
        assertThat(refused.err()).contains(first, second);
        assertThat(id("a").path("cluster_id").asString()).isEqualTo(first);
    }

    @Test
    void a_template_brings_the_cluster_and_its_addresses() throws IOException {
        init("a", "--set", "cluster.listen=/ip4/127.0.0.1/tcp/4711");
        Path template = templateOf("a");
        Result joined = init("b", "--template", template.toString(), "--expect-cluster",
                id("a").path("cluster_id").asString());
        assertThat(joined.code()).as(joined.err()).isZero();
        assertThat(id("b").path("cluster_id")).isEqualTo(id("a").path("cluster_id"));
        assertThat(id("b").path("trusted").asBoolean()).isFalse();
        fine("b", "init", "--template", template.toString());
        signal.ask();
        fine("b", "daemon");
        assertThat(started).hasSize(1);
        assertThat(started.getFirst().bootstrap()).extracting(Multiaddr::toString)
                .containsExactly("/ip4/127.0.0.1/tcp/4711/p2p/" + id("a").path("id").asString());
    }

    @Test
    void a_template_of_another_cluster_than_expected_leaves_nothing_behind() throws IOException {
        init("a");
        init("b");
        Result refused = init("c", "--template", templateOf("a").toString(), "--expect-cluster",
                id("b").path("cluster_id").asString());
        assertThat(refused.code()).isEqualTo(ServiceExit.OTHER_CLUSTER);
        assertThat(refused.err()).contains(id("a").path("cluster_id").asString(),
                id("b").path("cluster_id").asString());
        assertThat(base.resolve("c")).doesNotExist();
    }

    @Test
    void a_template_that_cannot_be_had_has_a_code_of_its_own() {
        assertThat(init("c", "--template", base.resolve("none").toString()).code()).isEqualTo(ServiceExit.TEMPLATE);
        Result away = init("c", "--template", "/ipfs/bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4");
        assertThat(away.code()).isEqualTo(ServiceExit.TEMPLATE);
        assertThat(away.err()).contains("ipfs daemon");
    }

    @Test
    void config_show_tells_where_values_come_from() {
        init("a", "--set", "cluster.peername=one");
        console.set("PINFOLD_LOG_LEVEL", "debug");
        String shown = fine("a", "config", "show", "--set", "chain.stale_after=2h").out();
        assertThat(shown).contains("cluster.peername = one    (" + base.resolve("a/service.json") + ")",
                "log.level = debug    (environment PINFOLD_LOG_LEVEL)", "chain.stale_after = 2h    (--set)",
                "api.rest.listen = /ip4/127.0.0.1/tcp/9094    (default)");
    }

    @Test
    void daemon_runs_until_it_is_told_to_stop() {
        init("a");
        signal.ask();
        Result ran = fine("a", "daemon", "--alone", "--set", "cluster.peername=x");
        assertThat(ran.err()).contains("its API listens at /ip4/127.0.0.1/tcp/9094").endsWith("stopping\n");
        assertThat(started.getFirst().config().cluster().peername()).isEqualTo("x");
        assertThat(started.getFirst().config().trust().alone()).isTrue();
    }

    @Test
    void a_port_in_use_and_files_that_are_broken_have_codes_of_their_own() throws IOException {
        init("a");
        start = new DaemonRunner.Start.CannotListen("/ip4/127.0.0.1/tcp/9094", "Address already in use");
        Result port = service("a", "daemon");
        assertThat(port.code()).isEqualTo(ServiceExit.PORT_IN_USE);
        assertThat(port.err()).contains("/ip4/127.0.0.1/tcp/9094", "Address already in use").hasLineCount(1);
        start = new DaemonRunner.Start.Unusable("the state cannot be opened");
        assertThat(service("a", "daemon").code()).isEqualTo(ServiceExit.CONFIGURATION);
        Files.writeString(base.resolve("a/genesis.cbor"), "x");
        assertThat(service("a", "daemon").code()).isEqualTo(ServiceExit.CONFIGURATION);
        Files.writeString(base.resolve("a/identity.json"), "{}");
        assertThat(service("a", "id").code()).isEqualTo(ServiceExit.CONFIGURATION);
        Files.writeString(base.resolve("a/service.json"), "{");
        assertThat(service("a", "config", "show").code()).isEqualTo(ServiceExit.CONFIGURATION);
    }

    @Test
    void a_second_daemon_on_the_folder_is_refused() {
        init("a");
        List<Result> second = new ArrayList<>();
        signal.ask();
        new TestConsole().run((on, args) -> Service.run(on, _ -> {
            second.add(service("a", "daemon"));
            return start;
        }, signal, args), "--config", base.resolve("a").toString(), "daemon");
        assertThat(second).hasSize(1);
        assertThat(second.getFirst().code()).isEqualTo(ServiceExit.FOLDER_IN_USE);
        assertThat(second.getFirst().err()).contains("in use by another cluster-service").hasLineCount(1);
    }

    @Test
    void a_folder_that_is_not_there_or_is_none_is_told() throws IOException {
        assertThat(service("none", "daemon").code()).isEqualTo(ServiceExit.FOLDER_UNUSABLE);
        assertThat(service("none", "id").err()).contains("cluster-service init makes one").hasLineCount(1);
        Files.writeString(base.resolve("file"), "");
        assertThat(service("file", "init").code()).isEqualTo(ServiceExit.FOLDER_UNUSABLE);
        assertThat(service("file/below", "init").code()).isEqualTo(ServiceExit.FOLDER_UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--unknown", "unknown", "init --trust nobody", "init --expect-cluster x",
        "init --template /ipfs/x", "init --template x --name y", "init --template x --expect-cluster y", "init extra",
        "template", "config", "daemon --set", "init --template ftp://x/y"})
    void what_is_typed_wrongly_is_one_sentence(String words) {
        Result wrong = service("a", words.split(" ", -1));
        assertThat(wrong.code()).as(wrong.err()).isEqualTo(ServiceExit.USAGE);
        assertThat(wrong.err()).startsWith("error").hasLineCount(1);
        assertThat(wrong.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init --set nonsense=1", "init --set cluster.peernam=x", "init --set no-equals",
        "init --pinning ftp://x", "init --set chain.stale_after=soon", "init --set cluster.listen=here",
        "init --set api.rest.listen=/ip4/0.0.0.0/tcp/9094"})
    void a_configuration_that_cannot_be_is_refused_before_anything_is_written(String words) {
        Result wrong = service("a", words.split(" ", -1));
        assertThat(wrong.code()).as(wrong.err()).isEqualTo(ServiceExit.CONFIGURATION);
        assertThat(wrong.err()).startsWith("error: ");
        assertThat(base.resolve("a")).doesNotExist();
    }

    @Test
    void help_tells_the_exit_codes_and_fits_the_screen() {
        Result help = fine("a", "--help");
        assertThat(help.out()).contains("4  another process uses the folder", "6  an address to listen at");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 120);
        assertThat(fine("a", "--version").out()).startsWith("cluster-service version ");
        assertThat(fine("a", "version").out()).hasLineCount(1);
        assertThat(service("a").code()).isEqualTo(ServiceExit.FAILED);
    }

    @Test
    void the_level_of_the_log_is_what_the_configuration_says() {
        init("a");
        signal.ask();
        var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger http = LoggerFactory.getLogger("org.apache.hc.client5.http.wire");
        var before = root.getLevel();
        try {
            fine("a", "daemon", "--set", "log.level=debug");
            assertThat(root.isDebugEnabled()).isTrue();
            assertThat(http.isInfoEnabled()).isTrue();
            assertThat(http.isDebugEnabled()).isFalse();
            fine("a", "daemon", "--set", "log.level=trace");
            assertThat(http.isDebugEnabled()).isTrue();
            fine("a", "daemon", "--set", "log.level=error");
            assertThat(root.isWarnEnabled()).isFalse();
            assertThat(http.isInfoEnabled()).isFalse();
        } finally {
            root.setLevel(before);
        }
    }
}
