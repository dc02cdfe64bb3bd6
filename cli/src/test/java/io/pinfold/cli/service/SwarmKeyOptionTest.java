package io.pinfold.cli.service;

import io.pinfold.cli.TestConsole;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.cli.service.daemon.DaemonRunner;
import io.pinfold.cli.service.daemon.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code init --swarm-key}: the key of a private network goes into the folder, or nothing is made. */
class SwarmKeyOptionTest {

    private static final String HEAD = "/key/swarm/psk/1.0.0/\n/base16/\n";

    @TempDir
    private Path base = Path.of("");

    private final TestConsole console = new TestConsole();

    private Result init(String... words) {
        List<String> all = new ArrayList<>(List.of("--config", base.resolve("peer").toString(), "init"));
        all.addAll(Arrays.asList(words));
        return console.run((on, args) -> Service.run(on, _ -> new DaemonRunner.Start.Unusable("not started here"),
                StopSignal.byHand(), args), all.toArray(String[]::new));
    }

    private Path key(String name, String hex) throws IOException {
        return Files.writeString(base.resolve(name), HEAD + hex + "\n");
    }

    @Test
    void the_key_is_copied_for_its_owner_only() throws IOException {
        Path key = key("mine", "42".repeat(32));
        assertThat(init("--swarm-key", key.toString()).code()).isZero();
        Path copy = base.resolve("peer/swarm.key");
        assertThat(copy).hasSameTextualContentAs(key);
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void what_is_no_key_is_told_of_before_anything_is_made() throws IOException {
        for (Path bad : List.of(base.resolve("absent"), key("short", "42"),
                Files.writeString(base.resolve("text"), "secret"))) {
            Result refused = init("--swarm-key", bad.toString());
            assertThat(refused.code()).as(bad.toString()).isEqualTo(ServiceExit.USAGE);
            assertThat(refused.err()).contains("--swarm-key " + bad).doesNotContain("secret", "Exception");
        }
        assertThat(base.resolve("peer")).doesNotExist();
    }

    @Test
    void a_key_that_is_there_is_not_exchanged() throws IOException {
        Files.createDirectories(base.resolve("peer"));
        key("peer/swarm.key", "41".repeat(32));
        Result refused = init("--swarm-key", key("other", "42".repeat(32)).toString());
        assertThat(refused.code()).isEqualTo(ServiceExit.CONFIGURATION);
        assertThat(refused.err()).contains("peer/swarm.key is another key", "remove it");
        assertThat(init().code()).as("with the one that is there").isZero();
    }

    @Test
    void a_key_in_the_folder_that_cannot_be_used_is_told_of_where_a_node_is_needed() throws IOException {
        Files.createDirectories(base.resolve("peer"));
        Files.writeString(base.resolve("peer/swarm.key"), "no key");
        Result refused = init("--template",
                "/ipns/k51qzi5uqu5difk05fz2kceydjbocd9nrtwsezw0mh02jyslem323f8jwlr7mt");
        assertThat(refused.code()).isEqualTo(ServiceExit.FAILED);
        assertThat(refused.err()).contains("peer/swarm.key, the key of a private network, cannot be used: ",
                "/key/swarm/psk/1.0.0/");
    }
}
