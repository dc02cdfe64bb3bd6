package io.pinfold.follower.removal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FileRemovalLogTest {

    private static final LogOutcome WRITTEN = new LogOutcome.Written();

    @TempDir
    Path folder;

    @Test
    void remembersInOrder() {
        List<RemovalRecord> records = List.of(
                Removals.requested(1), Removals.requested(2), Removals.settled(1, Settlement.REMOVED));
        try (FileRemovalLog log = open()) {
            assertThat(log.append(records.subList(0, 2))).isEqualTo(WRITTEN);
            log.note(records.subList(2, 3));
        }
        try (FileRemovalLog log = open()) {
            assertThat(replayed(log)).isEqualTo(records);
            assertThat(log.records()).isEqualTo(3);
        }
    }

    @Test
    void tornTailIsCutAndTheRestKept() throws IOException {
        try (FileRemovalLog log = open()) {
            log.append(List.of(Removals.requested(1), Removals.requested(2)));
        }
        byte[] whole = Files.readAllBytes(file());
        int last = RemovalFrames.encode(Removals.requested(2)).length;
        for (int length = whole.length - last; length < whole.length; length += 3) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (FileRemovalLog log = open()) {
                assertThat(replayed(log)).describedAs("cut to %d", length).containsExactly(Removals.requested(1));
            }
        }
        try (FileRemovalLog log = open()) {
            assertThat(log.append(List.of(Removals.requested(3)))).isEqualTo(WRITTEN);
        }
        try (FileRemovalLog log = open()) {
            assertThat(replayed(log)).containsExactly(Removals.requested(1), Removals.requested(3));
        }
    }

    @Test
    void changedBitEndsTheLogBeforeItsFrame() throws IOException {
        try (FileRemovalLog log = open()) {
            log.append(List.of(Removals.requested(1), Removals.requested(2), Removals.requested(3)));
        }
        byte[] whole = Files.readAllBytes(file());
        int frame = RemovalFrames.encode(Removals.requested(1)).length;
        int start = whole.length - 2 * frame;
        for (int bit = 0; bit < frame * 8; bit += 7) {
            byte[] changed = whole.clone();
            changed[start + bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file(), changed);
            FileRemovalLog.Opening.Opened opened = (FileRemovalLog.Opening.Opened) FileRemovalLog
                    .open(file(), Removals.CLUSTER);
            try (FileRemovalLog log = opened.log()) {
                assertThat(replayed(log)).describedAs("bit %d", bit).containsExactly(Removals.requested(1));
                assertThat(opened.cut()).isEqualTo(2L * frame);
            }
        }
    }

    @Test
    void zerosBehindTheEndAreCut() throws IOException {
        try (FileRemovalLog log = open()) {
            log.append(List.of(Removals.requested(1)));
        }
        Files.write(file(), new byte[100_000], StandardOpenOption.APPEND);
        try (FileRemovalLog log = open()) {
            assertThat(replayed(log)).containsExactly(Removals.requested(1));
        }
    }

    @Test
    void logOfAnotherClusterIsRefused() {
        open().close();
        assertThat(FileRemovalLog.open(file(), Removals.cid("another")))
                .isInstanceOfSatisfying(FileRemovalLog.Opening.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("another cluster"));
    }

    @Test
    void whatIsNoLogIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(file(), "my diary");
        assertThat(FileRemovalLog.open(file(), Removals.CLUSTER)).isInstanceOf(FileRemovalLog.Opening.Refused.class);
        assertThat(file()).hasContent("my diary");
    }

    @Test
    void folderThatIsMissingIsRefused() {
        assertThat(FileRemovalLog.open(folder.resolve("missing/log"), Removals.CLUSTER))
                .isInstanceOf(FileRemovalLog.Opening.Refused.class);
    }

    @Test
    void compactingReplacesEverything() {
        try (FileRemovalLog log = open()) {
            for (long id = 0; id < 50; id++) {
                log.append(List.of(Removals.requested(id)));
            }
            assertThat(log.compact(List.of(Removals.requested(49)))).isEqualTo(WRITTEN);
            assertThat(log.records()).isEqualTo(1);
            log.append(List.of(Removals.requested(50)));
        }
        try (FileRemovalLog log = open()) {
            assertThat(replayed(log)).containsExactly(Removals.requested(49), Removals.requested(50));
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void failedWriteLosesNothingThatWasWrittenAndALaterOneSucceeds() throws IOException {
        try (FileRemovalLog log = open()) {
            log.append(List.of(Removals.requested(1)));
            // a folder where the new file is to be makes compacting fail
            Path obstacle = Files.createDirectories(folder.resolve("removals.new/full"));
            assertThat(log.compact(List.of(Removals.requested(1)))).isInstanceOf(LogOutcome.NotWritten.class);
            assertThat(log.append(List.of(Removals.requested(2)))).isEqualTo(WRITTEN);
            Files.delete(obstacle);
            Files.delete(obstacle.getParent());
            assertThat(log.compact(List.of(Removals.requested(2)))).isEqualTo(WRITTEN);
        }
        try (FileRemovalLog log = open()) {
            assertThat(replayed(log)).containsExactly(Removals.requested(2));
        }
    }

    @Test
    void manyThreadsShareTheLog() throws Exception {
        try (FileRemovalLog log = open(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LogOutcome>> answers = LongStream.range(0, 500)
                    .mapToObj(id -> threads.submit(() -> log.append(List.of(Removals.requested(id)))))
                    .toList();
            for (Future<LogOutcome> answer : answers) {
                assertThat(answer.get()).isEqualTo(WRITTEN);
            }
        }
        try (FileRemovalLog log = open()) {
            assertThat(replayed(log)).hasSize(500).doesNotHaveDuplicates();
        }
    }

    @Test
    void interruptedCallerDoesNotHarmTheFile() throws InterruptedException {
        try (FileRemovalLog log = open()) {
            for (long id = 0; id < 50; id++) {
                RemovalRecord record = Removals.requested(id);
                Thread caller = Thread.ofVirtual().start(() -> {
                    LogOutcome _ = log.append(List.of(record));
                });
                caller.interrupt();
                caller.join();
            }
            assertThat(log.append(List.of(Removals.requested(50)))).isEqualTo(WRITTEN);
        }
        try (FileRemovalLog log = open()) {
            assertThat(replayed(log)).contains(Removals.requested(50));
        }
    }

    @Test
    void closedLogWritesNothingAndKeepsNobodyWaiting() {
        FileRemovalLog log = open();
        log.close();
        log.close();
        for (int i = 0; i < 2 * FileRemovalLog.MAILBOX; i++) {
            assertThat(log.append(List.of(Removals.requested(1)))).isInstanceOf(LogOutcome.NotWritten.class);
        }
    }

    private Path file() {
        return folder.resolve("removals");
    }

    private FileRemovalLog open() {
        return switch (FileRemovalLog.open(file(), Removals.CLUSTER)) {
            case FileRemovalLog.Opening.Opened(FileRemovalLog log, _) -> log;
            case FileRemovalLog.Opening.Refused(String sentence) -> throw new AssertionError(sentence);
        };
    }

    private static List<RemovalRecord> replayed(RemovalLog log) {
        List<RemovalRecord> records = new ArrayList<>();
        log.replay(records::add);
        return records;
    }
}
