package io.pinfold.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Which Kubo {@code scripts/install-kubo} takes, on a machine that has only what a test puts there. */
class InstallKuboTest {

    private static final List<String> TOOLS = List.of("bash", "dirname", "head", "cut", "mkdir", "sh");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void tools() throws IOException {
        Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            script("bin/" + tool, "exec " + real + " \"$@\"");
        }
    }

    @Test
    void newEnoughOneOnThePathIsTaken() throws IOException {
        for (String version : List.of("0.43.0", "0.44.1", "0.100.0", "1.0.0", "0.43.0-dev")) {
            Path ipfs = kubo("bin/ipfs", version);
            ProcessRunner.Result result = run("", "--no-build");
            assertThat(result.orElseThrow()).as(version).isEqualTo(ipfs.toString());
        }
    }

    @Test
    void olderOneIsPassedOverAloud() throws IOException {
        for (String version : List.of("0.42.9", "0.9.0", "0.4.23", "nonsense")) {
            kubo("bin/ipfs", version);
            ProcessRunner.Result result = run("", "--no-build");
            assertThat(result.exit()).as(version).isEqualTo(3);
            assertThat(result.err()).contains("passing over").contains(version).contains("0.43.0 or newer");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void keptBuildIsTaken() throws IOException {
        Path kept = kubo("cache/pinfold/kubo-0.43.0/ipfs", "0.43.0");
        assertThat(run("").orElseThrow()).isEqualTo(kept.toString());
    }

    @Test
    void variableComesFirstAndMustRun() throws IOException {
        kubo("bin/ipfs", "0.43.0");
        Path own = kubo("own", "0.43.0");
        assertThat(run(own.toString()).orElseThrow()).isEqualTo(own.toString());
        ProcessRunner.Result broken = run(folder.resolve("missing").toString());
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).contains("IPFS_BIN is ").contains("not a Kubo binary");
    }

    @Test
    void withoutGoItSaysWhatToInstall() {
        ProcessRunner.Result result = run("");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("no Go to build it: install Go");
    }

    private Path kubo(String where, String version) throws IOException {
        return script(where, "echo " + version);
    }

    private Path script(String where, String line) throws IOException {
        Path file = folder.resolve(where);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private ProcessRunner.Result run(String ipfsBin, String... arguments) {
        String script = Checkout.root().resolve("scripts/install-kubo").toString();
        List<String> command = new ArrayList<>(List.of(folder.resolve("bin/bash").toString(), script));
        command.addAll(List.of(arguments));
        return new ProcessRunner().with("PATH", folder.resolve("bin").toString())
                .with("IPFS_BIN", ipfsBin)
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
                .run(command);
    }
}
