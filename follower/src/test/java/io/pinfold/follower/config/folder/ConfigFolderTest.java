package io.pinfold.follower.config.folder;

import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigFolderTest {

    @TempDir
    Path temporary;

    @Test
    void theOptionWinsOverTheEnvironmentAndThatOverTheHomeFolder() {
        Path home = Path.of("/home/ann");
        Map<String, String> environment = Map.of("PINFOLD_PATH", "/srv/pinfold/../peer");

        assertThat(ConfigFolder.locate(Optional.of(Path.of("/x")), environment, home)).hasToString("/x");
        assertThat(ConfigFolder.locate(Optional.empty(), environment, home)).hasToString("/srv/peer");
        assertThat(ConfigFolder.locate(Optional.empty(), Map.of(), home)).hasToString("/home/ann/.pinfold");
        assertThat(ConfigFolder.locate(Optional.empty(), Map.of("PINFOLD_PATH", " "), home))
                .hasToString("/home/ann/.pinfold");
    }

    @Test
    void aNewFolderIsForItsOwnerOnly() throws IOException {
        ConfigFolder folder = created(temporary.resolve("a/b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path()))).isEqualTo("rwx------");
        assertThat(ConfigFolder.open(folder.path())).isInstanceOf(FolderResult.Opened.class);
        assertThat(ConfigFolder.create(folder.path())).isInstanceOf(FolderResult.Opened.class);
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThat(ConfigFolder.open(temporary.resolve("none")))
                .isEqualTo(new FolderResult.Missing(temporary.resolve("none")));
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThat(ConfigFolder.open(file)).isEqualTo(new FolderResult.NotAFolder(file));
        assertThat(ConfigFolder.create(file)).isEqualTo(new FolderResult.NotAFolder(file));
        assertThat(ConfigFolder.create(file.resolve("below")))
                .isEqualTo(new FolderResult.NotAFolder(file.resolve("below")));
    }

    @Test
    void whereNobodyCanWriteIsNotWritable() {
        Path path = Path.of("/proc/pinfold");

        assertThat(ConfigFolder.create(path)).isInstanceOf(FolderResult.NotWritable.class);
        assertThat(new ConfigFolder(Path.of("/proc")).lock()).isInstanceOf(LockResult.NotWritable.class);
        assertThat(new ConfigFolder(Path.of("/proc")).write("x", Bytes.EMPTY)).isInstanceOf(WriteResult.Failed.class);
    }

    @Test
    void oneAtATimeUsesAFolder() {
        ConfigFolder folder = created(temporary.resolve("peer"));
        FolderLock lock = locked(folder);

        assertThat(folder.lock()).isEqualTo(
                new LockResult.InUse(folder.resolve("cluster.lock"), OptionalLong.of(ProcessHandle.current().pid())));
        lock.close();
        locked(folder).close();
    }

    @Test
    void theLockHoldsBetweenProcessesAndEndsWithThem() {
        ConfigFolder folder = created(temporary.resolve("peer"));
        try (ChildProcess other = JavaProcess.start(LockHolder.class, folder.path().toString())) {
            other.awaitLine("Locked"::equals, Duration.ofSeconds(30));
            assertThat(folder.lock())
                    .isEqualTo(new LockResult.InUse(folder.resolve("cluster.lock"), OptionalLong.of(other.pid())));
            other.kill();
        }
        FolderLock lock = locked(folder);
        try (ChildProcess other = JavaProcess.start(LockHolder.class, folder.path().toString())) {
            other.awaitLine("InUse"::equals, Duration.ofSeconds(30));
        }
        lock.close();
    }

    @Test
    void filesAreWrittenWholeAndForTheirOwnerOnly() throws IOException {
        ConfigFolder folder = created(temporary.resolve("peer"));
        Files.writeString(folder.resolve("service.json.new"), "left over by a crash");

        assertThat(folder.write("service.json", Bytes.fromHex("7b7d"))).isEqualTo(
                new WriteResult.Written(folder.resolve("service.json")));
        assertThat(folder.write("service.json", Bytes.fromHex("7b7d0a"))).isInstanceOf(WriteResult.Written.class);
        assertThat(folder.resolve("service.json")).hasContent("{}\n");
        assertThat(folder.resolve("service.json.new")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("service.json"))))
                .isEqualTo("rw-------");
        assertThat(folder.write("none/service.json", Bytes.EMPTY)).isInstanceOf(WriteResult.Failed.class);
    }

    private static ConfigFolder created(Path path) {
        if (ConfigFolder.create(path) instanceof FolderResult.Opened(ConfigFolder folder)) {
            return folder;
        }
        throw new AssertionError(path);
    }

    private static FolderLock locked(ConfigFolder folder) {
        if (folder.lock() instanceof LockResult.Locked(FolderLock lock)) {
            return lock;
        }
        throw new AssertionError(folder);
    }
}
