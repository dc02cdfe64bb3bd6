package io.pinfold.follower.removal;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.JavaProcess;
import io.pinfold.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Real processes that write the log and are killed, or whose disk is full. */
class FileRemovalLogCrashTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 4;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesKill9() {
        RandomGenerator random = seeds.generator();
        Set<Long> acknowledged = new HashSet<>();
        long first = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (ChildProcess child = JavaProcess.start(Writer.class, file().toString(), Long.toString(first))) {
                int lines = 1 + random.nextInt(150);
                for (int i = 0; i < lines; i++) {
                    acknowledged.add(Long.parseLong(child.awaitLine(line -> line.matches("[0-9]+"), PATIENCE)));
                }
                child.kill();
            }
            Set<Long> found = new HashSet<>();
            try (FileRemovalLog log = open(file())) {
                log.replay(record -> found.add(idOf(record)));
            }
            assertThat(found).describedAs("round %d, %s", round, seeds).containsAll(acknowledged);
            first = found.stream().mapToLong(Long::longValue).max().orElseThrow() + 1;
        }
    }

    @Test
    void fullDiskIsAnAnswerAndKeepsWhatWasThere() {
        // the kernel refuses to let any file grow beyond 32 blocks of 512 bytes, as a full disk would
        ProcessBuilder command = new ProcessBuilder("sh", "-c", "ulimit -f 32; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xshare:auto",
                "-XX:-UsePerfData", Filler.class.getName(), file().toString());
        command.environment()
                .put("CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try (ChildProcess child = ChildProcess.start(command)) {
            long written = Long.parseLong(child.awaitLine(line -> line.startsWith("full after "), PATIENCE)
                    .substring("full after ".length()));
            assertThat(written).isBetween(100L, 1000L);
            assertThat(child.awaitLine(line -> line.startsWith("afterwards "), PATIENCE)).isEqualTo("afterwards 2");
            assertThat(child.awaitExit(PATIENCE)).isZero();
        }
    }

    private Path file() {
        return folder.resolve("removals");
    }

    private static FileRemovalLog open(Path path) {
        return switch (FileRemovalLog.open(path, Removals.CLUSTER)) {
            case FileRemovalLog.Opening.Opened(FileRemovalLog log, _) -> log;
            case FileRemovalLog.Opening.Refused(String sentence) -> throw new AssertionError(sentence);
        };
    }

    private static long idOf(RemovalRecord record) {
        return switch (record) {
            case RemovalRecord.Requested(PendingRemoval removal) -> removal.id();
            case RemovalRecord.Settled(long id, _, _) -> id;
        };
    }

    /** Appends records and prints each id when it is durable, until it is killed; compacts now and then. */
    static final class Writer {

        public static void main(String[] args) {
            long id = Long.parseLong(args[1]);
            List<RemovalRecord> all = new ArrayList<>();
            FileRemovalLog log = open(Path.of(args[0]));
            log.replay(all::add);
            while (true) {
                RemovalRecord record = Removals.requested(id);
                all.add(record);
                LogOutcome outcome = id % 50 == 49 ? log.compact(all) : log.append(List.of(record));
                if (outcome instanceof LogOutcome.Written) {
                    System.out.println(id);
                }
                id++;
            }
        }
    }

    /** Appends records until that fails, then compacts to one, appends one, and prints how many there are. */
    static final class Filler {

        public static void main(String[] args) {
            FileRemovalLog log = open(Path.of(args[0]));
            long id = 0;
            while (log.append(List.of(Removals.requested(id))) instanceof LogOutcome.Written) {
                id++;
            }
            System.out.println("full after " + id);
            LogOutcome again = log.append(List.of(Removals.requested(id)));
            long[] kept = {0};
            log.replay(_ -> kept[0]++);
            if (again instanceof LogOutcome.Written || kept[0] != id) {
                throw new AssertionError(again + ", " + kept[0] + " of " + id);
            }
            LogOutcome compacted = log.compact(List.of(Removals.requested(0)));
            LogOutcome more = log.append(List.of(Removals.requested(1)));
            log.close();
            kept[0] = 0;
            try (FileRemovalLog reopened = open(Path.of(args[0]))) {
                reopened.replay(_ -> kept[0]++);
            }
            System.out.println(compacted instanceof LogOutcome.Written && more instanceof LogOutcome.Written
                    ? "afterwards " + kept[0]
                    : "afterwards failed");
        }
    }
}
