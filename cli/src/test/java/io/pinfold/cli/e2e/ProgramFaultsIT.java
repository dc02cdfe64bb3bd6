package io.pinfold.cli.e2e;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.MountNamespace;
import io.pinfold.testkit.ProcessRunner;
import io.pinfold.testkit.Resources;
import io.pinfold.testkit.programs.Distribution;
import io.pinfold.testkit.programs.FreePorts;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong around the programs is told in one sentence and by the documented exit code; signals end a peer in good order. */
class ProgramFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LOG_LINE = "\\d{4}-\\S+Z (INFO|WARN) .*";
    /** A build that runs in the background lets its children ignore some signals. */
    private static final List<String> SIGNALS_AS_USUAL = List.of("env", "--default-signal");
    private static final String CID = Cids.identity("a film");

    /** Documented in {@code cluster-service --help}. */
    private static final int USAGE = 2;
    private static final int CONFIGURATION = 3;
    private static final int FOLDER_IN_USE = 4;
    private static final int FOLDER_UNUSABLE = 5;
    private static final int PORT_IN_USE = 6;
    private static final int TEMPLATE = 8;
    /** Documented in {@code cluster-ctl --help}. */
    private static final int LOCAL = 1;
    private static final int REFUSED = 2;

    @RegisterExtension
    final Resources resources = new Resources();

    @TempDir
    private Path base = Path.of("");

    private final Distribution programs = Distribution.built();

    private PeerProcess peer() {
        return resources.add(PeerProcess.founder(base, PeerProcess.NO_NODE))
                .withJavaOptions("-XX:TieredStopAtLevel=1");
    }

    @Test
    void a_folder_serves_one_daemon_and_every_signal_ends_it_well() {
        PeerProcess peer = peer().within(SIGNALS_AS_USUAL);
        for (String signal : List.of("TERM", "INT", "HUP")) {
            ChildProcess daemon = peer.start();
            if (signal.equals("TERM")) {
                fails(peer.service("daemon"), FOLDER_IN_USE, peer.folder() + " is in use",
                        "process " + daemon.pid());
                peer.api().pin(CID);
            }
            Eventually.holds(() -> assertThat(peer.api().pinset()).containsExactly(CID));
            daemon.signal(signal);
            assertThat(daemon.awaitExit(PATIENCE)).as("exit code after SIG%s; %s", signal, peer).isZero();
            assertThat(daemon.tail().lines()).as("what it printed, the log of other threads among it")
                    .contains("stopping");
        }
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        PeerProcess peer = peer();
        for (int port : List.of(peer.swarmPort(), peer.apiPort())) {
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                fails(peer.service("daemon"), PORT_IN_USE, "cannot listen at /ip4/127.0.0.1/tcp/" + port);
            }
        }
    }

    @Test
    void a_folder_that_cannot_be_used_is_named() throws IOException {
        PeerProcess peer = peer();
        Path readOnly = peer.folder();
        List<String> command = new ArrayList<>(MountNamespace.command());
        command.addAll(List.of("sh", "-c",
                "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && shift && exec \"$@\"", "read-only",
                readOnly.toString()));
        command.addAll(programs.command("cluster-service", "--config", readOnly.toString(), "daemon"));
        fails(new ProcessRunner().run(command), FOLDER_UNUSABLE, readOnly + " cannot be written to");

        Path file = Files.writeString(base.resolve("file"), "in the way");
        fails(service("--config", file.resolve("peer").toString(), "init"), FOLDER_UNUSABLE, file + " is not a folder");
        fails(service("--config", base.resolve("nowhere").toString(), "daemon"), FOLDER_UNUSABLE,
                base.resolve("nowhere").toString(), "cluster-service init");
        Files.writeString(readOnly.resolve("service.json"), "{\"tracker\":");
        fails(service("--config", readOnly.toString(), "daemon"), CONFIGURATION, "service.json");
    }

    @Test
    void what_was_typed_wrongly_is_named() {
        String folder = base.resolve("new").toString();
        fails(service("--config", folder, "init", "--frobnicate"), USAGE, "--frobnicate");
        fails(service("--config", folder, "init", "--trust", "12D3KooWnobody"), USAGE, "12D3KooWnobody");
        fails(service("--config", folder, "init", "--set", "tracker.pin_timeout=soon"), CONFIGURATION,
                "tracker.pin_timeout", "soon");
        fails(service("--config", folder, "init", "--set", "tracker.pin_timeuot=1m"), CONFIGURATION,
                "tracker.pin_timeuot", "tracker.pin_timeout");
        fails(service("--config", folder, "init", "--set", "cluster.listen=localhost:9096"), CONFIGURATION,
                "cluster.listen", "localhost:9096");
        fails(service("--config", folder, "init", "--template", base.resolve("none.json").toString()), TEMPLATE,
                "none.json");
        assertThat(Path.of(folder)).doesNotExist();

        fails(ctl("pin", "add", "bafynonsense"), LOCAL, "bafynonsense");
        fails(ctl("pin", "add", "--expire-in", "soon", CID), LOCAL, "soon");
        fails(ctl("pin", "add", "--frobnicate", CID), LOCAL, "--frobnicate");
        fails(ctl("pin", "rm", "/ipfs/bafynonsense/a"), LOCAL, "bafynonsense");
        fails(ctl("peers", "rm", "nobody"), LOCAL, "nobody");
        fails(ctl("--timeout", "soon", "id"), LOCAL, "soon");
        fails(programs.run("cluster-ctl", "--host", "nowhere at all", "id"), LOCAL, "nowhere at all");
        fails(ctl("pin", "ls"), LOCAL, "cluster-service daemon");
    }

    @Test
    void what_the_api_refuses_has_another_code() {
        PeerProcess peer = peer();
        peer.start();
        ProcessRunner.Result unknown = peer.ctl("pin", "rm", CID);
        assertThat(unknown.exit()).isEqualTo(REFUSED);
        assertThat(unknown.out() + unknown.err()).contains("Code: 404");
        ProcessRunner.Result filter = peer.ctl("status", "--filter", "frobnicated");
        assertThat(filter.exit()).isEqualTo(REFUSED);
        assertThat(filter.out() + filter.err()).contains("Code: 400", "frobnicated");
    }

    @Test
    void without_a_java_the_launchers_say_what_is_missing() {
        for (String program : List.of("cluster-service", "cluster-ctl", "cluster-follow")) {
            fails(new ProcessRunner().with("PINFOLD_JAVA_HOME", base.toString())
                    .run(programs.command(program, "--version")), 1, "PINFOLD_JAVA_HOME is " + base, "Java 25");
            fails(new ProcessRunner().run(withoutJava(program)), 1, "Java 25 or newer is needed");
        }
        List<String> bare = new ArrayList<>(
                List.of("env", "-i", "JAVA_HOME=" + base, "JAVA25_HOME=" + System.getProperty("java.home")));
        bare.addAll(programs.command("cluster-ctl", "--version"));
        assertThat(new ProcessRunner().run(bare).orElseThrow()).startsWith("cluster-ctl version ");
    }

    /** The program with an empty environment, where no folder that may hold a Java does. */
    private List<String> withoutJava(String program) {
        String folders = Stream.of(System.getProperty("java.home"), "/usr/lib/jvm", "/usr/java", "/opt")
                .filter(folder -> !programs.folder().startsWith(folder) && Files.isDirectory(Path.of(folder)))
                .reduce("", (all, folder) -> all + " " + folder);
        List<String> command = new ArrayList<>(MountNamespace.command());
        command.addAll(List.of("sh", "-c", "for folder in" + folders
                + "; do mount -t tmpfs none \"$folder\" || exit; done; exec env -i PATH=/usr/bin:/bin \"$@\"",
                "no-java"));
        command.addAll(programs.command(program, "--version"));
        return command;
    }

    private ProcessRunner.Result service(String... arguments) {
        return programs.run("cluster-service", arguments);
    }

    /** With an API at which nobody listens. */
    private ProcessRunner.Result ctl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", "/ip4/127.0.0.1/tcp/" + FreePorts.next()));
        all.addAll(Arrays.asList(arguments));
        return programs.run("cluster-ctl", all.toArray(String[]::new));
    }

    /** It ended with {@code code} after one sentence with these words, and no trace of a program's inside. */
    private static void fails(ProcessRunner.Result result, int code, String... words) {
        assertThat(result.exit()).as("%s", result).isEqualTo(code);
        assertThat(result.out()).as("%s", result).isEmpty();
        List<String> complaint = result.err().lines().filter(line -> !line.matches(LOG_LINE)).toList();
        assertThat(complaint).as("%s", result).hasSize(1);
        assertThat(complaint.getFirst()).contains(words).doesNotContain("Exception");
    }
}
