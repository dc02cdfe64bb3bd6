package io.pinfold.ipfsnode.pins;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.MountNamespace;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk of some megabytes, in a mount namespace of a child process, becomes full: once down to the reserve, once to the last
 * byte. It is told, loses nothing, and is got over.
 */
class FullDiskIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    @Test
    void aFullDiskIsToldLosesNothingAndIsGotOver() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        List<String> command = new ArrayList<>(MountNamespace.command());
        command.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=40m none \"$1\" && shift && exec \"$@\"", "sh",
                disk.toString(), Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary,
                FullDiskMain.class.getName(), disk.toString(), Long.toString(seeds.seed())));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put("CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try (ChildProcess child = ChildProcess.start(builder)) {
            child.awaitLine("over it"::equals, PATIENCE);
            child.awaitLine("over it"::equals, PATIENCE);
            child.awaitLine("done"::equals, PATIENCE);
            assertThat(child.awaitExit(PATIENCE)).as(child.tail()).isZero();
        }
    }
}
