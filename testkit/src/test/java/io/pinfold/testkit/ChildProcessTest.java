package io.pinfold.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChildProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void linesComeInOrderAndEnd() {
        try (ChildProcess child = ChildProcess
                .start(new ProcessBuilder("sh", "-c", "echo one; echo two >&2; read x; echo got $x"))) {
            assertThat(child.awaitLine(line -> line.startsWith("t"), PATIENCE)).isEqualTo("two");
            child.send("three");
            assertThat(child.nextLine(PATIENCE)).contains("got three");
            assertThat(child.nextLine(PATIENCE)).isEmpty();
            assertThat(child.awaitExit(PATIENCE)).isZero();
            assertThat(child.tail()).isEqualTo("one\ntwo\ngot three");
        }
    }

    @Test
    void missingLineFailsWithTheOutput() {
        try (ChildProcess child = ChildProcess.start(new ProcessBuilder("echo", "something else"))) {
            assertThatThrownBy(() -> child.awaitLine("wanted"::equals, PATIENCE))
                    .hasMessageContaining("something else");
        }
    }

    @Test
    void killedJvmTakesItsChildrenAndTheirFoldersAlong(@TempDir Path folder) throws Exception {
        Path doomed = Files.createDirectory(folder.resolve("doomed"));
        Files.writeString(doomed.resolve("file"), "x");
        try (ChildProcess jvm = JavaProcess.start(StartsAChild.class, doomed.toString())) {
            String line = jvm.awaitLine(text -> text.startsWith("child "), PATIENCE);
            ProcessHandle child = ProcessHandle.of(Long.parseLong(line.substring("child ".length()))).orElseThrow();
            assertThat(child.isAlive()).isTrue();
            jvm.kill();
            child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(child.isAlive()).isFalse();
        }
        for (long end = System.nanoTime() + PATIENCE.toNanos(); Files.exists(doomed) && System.nanoTime() < end;) {
            Thread.onSpinWait();
        }
        assertThat(doomed).doesNotExist();
    }

    @Test
    void signalsFreezeAndThaw() {
        try (ChildProcess child = ChildProcess.start(new ProcessBuilder("cat"))) {
            child.signal("STOP");
            child.send("frozen");
            assertThat(child.nextLine(Duration.ofMillis(50))).isEmpty();
            child.signal("CONT");
            assertThat(child.nextLine(PATIENCE)).isEqualTo(Optional.of("frozen"));
        }
    }

    @Test
    void runnerGivesOutputAndExitCode() {
        ProcessRunner.Result result = new ProcessRunner().with("NAME", "value")
                .run(List.of("sh", "-c", "echo $NAME; echo bad >&2; exit 3"));
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("value\n");
        assertThatThrownBy(result::orElseThrow).hasMessageContaining("bad");
    }

    @Test
    void runnerEndsWhatTakesTooLong() {
        ProcessRunner runner = new ProcessRunner().within(Duration.ofMillis(100));
        assertThatThrownBy(() -> runner.run(List.of("sleep", "60"))).hasMessageContaining("did not end within");
    }

    /** A JVM with a child of its own. */
    static final class StartsAChild {

        public static void main(String[] args) throws InterruptedException {
            ChildProcess child = ChildProcess.start(new ProcessBuilder("sleep", "600"), Path.of(args[0]));
            System.out.println("child " + child.pid());
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }
}
