package io.pinfold.chain.store;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A disk of a few megabytes, in a mount namespace of a child process, becomes full; the stores say so and go on later. */
class FullDiskIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path mountPoint;

    @Test
    void aFullDiskIsToldLosesNothingAndIsGotOver() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder("unshare", "-rm", "sh", "-c",
                "mount -t tmpfs -o size=6m pinfold-test \"$2\" && exec \"$1\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                        + " --enable-native-access=ALL-UNNAMED \"$4\" \"$2\" \"$3\"",
                "sh", java, mountPoint.toString(), Long.toString(seeds.seed()), FullDiskMain.class.getName());
        builder.environment()
                .put("CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try (ChildProcess child = ChildProcess.start(builder)) {
            String line = child.awaitLine(text -> text.startsWith("full at height "), PATIENCE);
            assertThat(Long.parseLong(line.substring("full at height ".length()))).as(child.tail()).isGreaterThan(100);
            child.awaitLine("started"::equals, PATIENCE);
            child.awaitLine("done"::equals, PATIENCE);
            assertThat(child.awaitExit(PATIENCE)).as(child.tail()).isZero();
        }
    }
}
