package io.pinfold.chain.store.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.IntakeLog;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.chain.store.segment.OpenResult;
import io.pinfold.chain.store.segment.SegmentLog;
import io.pinfold.chain.store.segment.SegmentLogConfig;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileIntakeLogTest {

    private static final int SEGMENT = 4096;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    @TempDir
    Path copy;

    private final FaultyDisk disk = new FaultyDisk();

    private FileIntakeLog open() {
        return FileIntakeLog.open(folder, disk, new SplittableRandom(1), SEGMENT).orElseThrow();
    }

    private static IntakeEntry entry(long seq, int index) {
        return new IntakeEntry(seq, index, TestOps.pin((int) seq * 10 + index), 1_000_000 + seq, Optional.empty());
    }

    private static IntakeEntry keyed(long seq, int index, String key) {
        return new IntakeEntry(seq, index, TestOps.unpin((int) seq), 1_000_000 + seq, Optional.of(key));
    }

    @Test
    void entriesArePendingUntilRetiredAlsoAfterReopening() {
        try (FileIntakeLog log = open()) {
            log.append(List.of(entry(1, 0), entry(1, 1)));
            log.append(List.of(entry(2, 0)));
            assertThat(log.pending()).containsExactly(entry(1, 0), entry(1, 1), entry(2, 0));
            log.retire(1);
            assertThat(log.pending()).containsExactly(entry(2, 0));
            log.retire(77);
        }
        try (FileIntakeLog log = open()) {
            assertThat(log.pending()).containsExactly(entry(2, 0));
            log.append(List.of(entry(3, 0)));
            assertThat(log.pending()).containsExactly(entry(2, 0), entry(3, 0));
        }
    }

    @Test
    void everyKindOfOperationAndKeyIsKept() {
        LogOp full = new LogOp.PinOp(TestOps.full(3));
        IntakeEntry long_ = new IntakeEntry(9, 9999, full, 0, Optional.of("ü".repeat(IntakeEntry.MAX_KEY)));
        try (FileIntakeLog log = open()) {
            log.append(List.of(long_, keyed(9, 1, "k")));
        }
        try (FileIntakeLog log = open()) {
            assertThat(log.pending()).containsExactly(long_, keyed(9, 1, "k"));
        }
    }

    @Test
    void keysAreKeptBeyondRetirement() {
        try (FileIntakeLog log = open()) {
            log.append(List.of(keyed(1, 0, "a"), entry(1, 1), keyed(1, 2, "b")));
            log.append(List.of(keyed(2, 0, "c")));
            log.retire(1);
            assertThat(log.keyed()).containsExactly(keyed(1, 0, "a"), keyed(1, 2, "b"), keyed(2, 0, "c"));
            assertThat(log.pending()).containsExactly(keyed(2, 0, "c"));
        }
        try (FileIntakeLog log = open()) {
            assertThat(log.keyed()).containsExactly(keyed(1, 0, "a"), keyed(1, 2, "b"), keyed(2, 0, "c"));
            assertThat(log.pending()).containsExactly(keyed(2, 0, "c"));
        }
    }

    @Test
    void onlySoManyKeysAreKept() {
        int more = 500;
        try (FileIntakeLog log = FileIntakeLog.open(folder, disk, new SplittableRandom(1)).orElseThrow()) {
            for (int seq = 1; seq <= (IntakeLog.KEPT_KEYS + more) / 1000; seq++) {
                int number = seq;
                log.append(IntStream.range(0, 1000).mapToObj(i -> keyed(number, i, number + "." + i)).toList());
                log.retire(seq);
            }
            log.append(List.of(entry(1000, 0)));
            assertThat(log.keyed()).hasSizeLessThanOrEqualTo(IntakeLog.KEPT_KEYS)
                    .first()
                    .extracting(entry -> entry.key().orElseThrow())
                    .isNotEqualTo("1.0");
        }
    }

    @Test
    void theFilesStaySmallAlthoughSomeEntriesStayForLong() throws IOException {
        try (FileIntakeLog log = open()) {
            log.append(List.of(entry(1, 0), keyed(1, 1, "first")));
            for (int seq = 2; seq < 1000; seq++) {
                log.append(List.of(entry(seq, 0), entry(seq, 1)));
                log.retire(seq - 1 == 1 ? seq : seq - 1);
            }
            assertThat(log.pending()).first().isEqualTo(entry(1, 0));
            assertThat(bytes()).isLessThan(10 * SEGMENT);
        }
        try (FileIntakeLog log = open()) {
            assertThat(log.pending()).startsWith(entry(1, 0), keyed(1, 1, "first"));
            assertThat(log.keyed()).containsExactly(keyed(1, 1, "first"));
            assertThat(log.report().damaged()).isEmpty();
        }
    }

    @Test
    void aRetirementThatIsNotWrittenYetMakesEntriesPendingAgainAtWorst() throws IOException {
        try (FileIntakeLog log = open()) {
            log.append(List.of(entry(1, 0)));
            log.retire(1);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        try (FileIntakeLog log = FileIntakeLog.open(copy, disk, new SplittableRandom(1), SEGMENT).orElseThrow()) {
            assertThat(log.pending()).containsExactly(entry(1, 0));
        }
    }

    @Test
    void aFullDiskIsToldAndTheCallMayBeMadeAgain() {
        try (FileIntakeLog log = open()) {
            log.append(List.of(entry(1, 0)));
            log.retire(1);
            disk.leave(40);
            assertThatThrownBy(() -> log.append(List.of(entry(2, 0), entry(2, 1))))
                    .isInstanceOfSatisfying(StoreException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(StoreFailure.Kind.DISK_FULL));
            assertThat(log.pending()).isEmpty();
            disk.leave(Long.MAX_VALUE);
            log.append(List.of(entry(2, 0), entry(2, 1)));
        }
        try (FileIntakeLog log = open()) {
            assertThat(log.pending()).containsExactly(entry(2, 0), entry(2, 1));
        }
    }

    @Test
    void behavesLikeAListWhateverFails() {
        RandomGenerator random = seeds.generator();
        List<IntakeEntry> pending = new ArrayList<>();
        List<IntakeEntry> keyed = new ArrayList<>();
        long seq = 0;
        for (int restart = 0; restart < 8; restart++) {
            try (FileIntakeLog log = open()) {
                assertThat(log.pending()).as(seeds.toString()).isEqualTo(pending);
                assertThat(log.keyed()).as(seeds.toString()).isEqualTo(keyed);
                for (int step = 0; step < 80; step++) {
                    List<IntakeEntry> group = randomGroup(random, ++seq);
                    disk.writes(random.nextInt(10) != 0);
                    disk.forces(random.nextInt(10) != 0);
                    if (appends(log, group)) {
                        pending.addAll(group);
                        group.stream().filter(entry -> entry.key().isPresent()).forEach(keyed::add);
                    }
                    if (!pending.isEmpty() && random.nextInt(10) < 9) {
                        long retired = pending.get(random.nextInt(Math.min(pending.size(), 20))).seq();
                        log.retire(retired);
                        pending.removeIf(entry -> entry.seq() == retired);
                    }
                }
                disk.writes(true);
                disk.forces(true);
                assertThat(log.pending()).as(seeds.toString()).isEqualTo(pending);
            }
        }
    }

    private static boolean appends(FileIntakeLog log, List<IntakeEntry> group) {
        try {
            log.append(group);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private static List<IntakeEntry> randomGroup(RandomGenerator random, long seq) {
        List<IntakeEntry> group = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            group.add(random.nextInt(20) == 0 ? keyed(seq, i, "key " + seq + i) : entry(seq, i));
        }
        return group;
    }

    @Test
    void recordsOfAnUnknownKindRefuseTheLog() throws IOException {
        SegmentLogConfig config = new SegmentLogConfig(folder, "INTK", 100, SEGMENT);
        OpenResult result = SegmentLog.open(config, disk, new SplittableRandom(1), (_, _) -> {});
        try (SegmentLog log = ((OpenResult.Opened) result).log()) {
            log.append(List.of(Bytes.fromHex("09")));
        }
        Opening<FileIntakeLog> opening = FileIntakeLog.open(folder, disk, new SplittableRandom(1), SEGMENT);
        assertThat(((Opening.Refused<FileIntakeLog>) opening).reason()).isEqualTo(OpenResult.Reason.NEWER_VERSION);
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(path -> path.toFile().length()).sum();
        }
    }
}
