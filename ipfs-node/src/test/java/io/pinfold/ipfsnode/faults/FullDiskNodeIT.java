package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.node.ImportSink;
import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.store.ChildOptions;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
                ChildProcess child = start(disk, provider.address().toString(), importTree(provider).toString())) {
            for (String phase : List.of("import: full", "fetch: full", "collection: full")) {
                child.awaitLine(line -> line.startsWith(phase), PATIENCE);
            }
            child.awaitLine("done"::equals, PATIENCE);
            assertThat(child.awaitExit(PATIENCE)).as(child.tail()).isZero();
        }
    }

    private ChildProcess start(Path disk, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(SmallDisk.under(disk, FullDiskNodeMain.DISK >> 10));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(ChildOptions.in(folder.resolve("library")));
        command.addAll(List.of(FullDiskNodeMain.class.getName(), disk.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put("CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return ChildProcess.start(builder);
    }

    private static Cid importTree(TestNode provider) {
        try (BlockImport begun = ChildNode.got(provider.node().beginImport())) {
            Cid root = Trees.make(-1, FILES, new ImportSink(begun));
            return ChildNode.got(begun.keep(root, ChildNode.PINS));
        }
    }
}
