package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.store.ChildOptions;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.JavaProcess;
import io.pinfold.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The disk of an embedded node is full to the last byte, amidst imports, a fetch and a collection: it says so and goes on. */
class FullDiskNodeIT {

    private static final int FILES = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void aFullDiskIsToldLosesNothingAndIsGotOver() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        try (TestNode provider = ChildNode.open(folder.resolve("provider").toString());
                ChildProcess child = JavaProcess.startBehind(SmallDisk.under(disk, FullDiskNodeMain.DISK >> 10),
                        ChildOptions.in(folder.resolve("library")), FullDiskNodeMain.class, disk.toString(),
                        provider.address().toString(), ChildNode.importTree(provider, -1, FILES).toString())) {
            for (String phase : List.of("import: full", "fetch: full", "collection: full")) {
                child.awaitLine(line -> line.startsWith(phase), PATIENCE);
            }
            child.awaitLine("done"::equals, PATIENCE);
            assertThat(child.awaitExit(PATIENCE)).as(child.tail()).isZero();
        }
    }
}
