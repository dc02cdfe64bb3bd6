package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a log makes of files that are not as it wrote them: it says so, and serves nothing but what was written. */
class SegmentLogDamageTest {

    private static final long SEED = 20261101;

    @TempDir
    Path temp;

    private Path original;
    private final SortedMap<Long, Bytes> written = new TreeMap<>();
    private final Random random = new Random(SEED);

    @BeforeEach
    void writeThreeSegments() throws Exception {
        original = temp.resolve("original");
        try (Logs.Open open = Logs.open(original)) {
            for (int size : new int[]{10, 1500, 0, 700, 1500, 1, 2500, 300, 40, 1000, 2000, 5, 6, 7}) {
                Bytes payload = Logs.random(random, size);
                written.put(Logs.append(open.log(), payload).getFirst(), payload);
            }
        }
        assertThat(segments(original)).hasSize(3);
    }

    @Test
    void everyFlippedByteIsReportedAndNeverServed() throws Exception {
        for (Path segment : segments(original)) {
            byte[] bytes = Files.readAllBytes(segment);
            for (int at = 0; at < bytes.length; at += at < 110 || at > bytes.length - 24
                    ? 1
                    : 1 + random.nextInt(60)) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                Path folder = copyWith(segment, flipped);
                try (Logs.Open open = Logs.open(folder)) {
                    String where = segment.getFileName() + " byte " + at + ", seed " + SEED;
                    OpenReport report = open.report();
                    assertThat(!report.damaged().isEmpty() || report.cut().isPresent() || report.mendedHeaders() > 0)
                            .as(where)
                            .isTrue();
                    requireHonest(open, where);
                }
            }
        }
    }

    @Test
    void everyTruncationLosesOnlyWhatItCutAndSaysSo() throws Exception {
        for (Path segment : segments(original)) {
            byte[] bytes = Files.readAllBytes(segment);
            for (int length = 0; length < bytes.length; length += length < 90 ? 1 : 1 + random.nextInt(150)) {
                Path folder = copyWith(segment, Arrays.copyOf(bytes, length));
                try (Logs.Open open = Logs.open(folder)) {
                    String where = segment.getFileName() + " cut to " + length + ", seed " + SEED;
                    requireHonest(open, where);
                    boolean last = segment.equals(segments(original).getLast());
                    if (!last) {
                        assertThat(open.report().damaged()).as(where).isNotEmpty();
                    }
                    Bytes more = Logs.random(random, 50);
                    long position = Logs.append(open.log(), more).getFirst();
                    open.log().close();
                    try (Logs.Open again = Logs.open(folder)) {
                        assertThat(again.records()).as(where).containsEntry(position, more);
                        assertThat(again.records().entrySet()).as(where).containsAll(open.records().entrySet());
                        assertThat(again.report().cut()).as(where).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void aTornTailIsCutOnceAndReported() throws Exception {
        Path segment = segments(original).getLast();
        byte[] bytes = Files.readAllBytes(segment);
        Path folder = copyWith(segment, Arrays.copyOf(bytes, bytes.length + 37));
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.records()).isEqualTo(written);
            assertThat(open.report().cut()).contains(new TailCut(3, bytes.length, 37, 0));
            assertThat(open.report().damaged()).isEmpty();
        }
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.report().cut()).isEmpty();
        }
    }

    @Test
    void aDamagedLastRecordIsToldFromATornOne() throws Exception {
        Path segment = segments(original).getLast();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 1] ^= 1;
        try (Logs.Open open = Logs.open(copyWith(segment, bytes))) {
            assertThat(open.report().cut().orElseThrow().wholeRecords()).isEqualTo(1);
        }
    }

    @Test
    void aMissingSegmentIsReportedWithItsSize() throws Exception {
        Path folder = copyWith(segments(original).getFirst(), new byte[0]);
        Path second = segments(original).get(1);
        Files.delete(folder.resolve(second.getFileName()));
        Files.copy(segments(original).getFirst(), folder.resolve("00000001.seg"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.report().damaged()).containsExactly(new DamagedRange(2, 0, Files.size(second)));
        }
    }

    @Test
    void whatIsForgottenIsNotReportedAgainAndNothingElseIsLost() throws Exception {
        for (int round = 0; round < 60; round++) {
            Path segment = segments(original).get(random.nextInt(2));
            byte[] bytes = Files.readAllBytes(segment);
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(2000));
            Path folder = copyWith(segment, damage(bytes, from, to, round));
            SortedMap<Long, Bytes> left;
            try (Logs.Open open = Logs.open(folder)) {
                left = open.records();
                for (DamagedRange range : open.log().damage()) {
                    assertThat(open.log().forget(range)).isTrue();
                }
                assertThat(open.log().damage()).isEmpty();
            }
            try (Logs.Open open = Logs.open(folder)) {
                String where = segment.getFileName() + " " + from + ".." + to + ", seed " + SEED;
                assertThat(open.report().damaged()).as(where).isEmpty();
                assertThat(open.records()).as(where).isEqualTo(left);
            }
        }
    }

    private byte[] damage(byte[] bytes, int from, int to, int round) {
        if (round % 3 == 0) {
            return Arrays.copyOf(bytes, from);
        }
        byte[] damaged = bytes.clone();
        for (int at = from; at < to; at++) {
            damaged[at] = round % 3 == 1 ? 0 : (byte) random.nextInt(256);
        }
        return damaged;
    }

    @Test
    void aMissingSegmentCanBeForgotten() throws Exception {
        Path folder = copyWith(segments(original).getFirst(), Files.readAllBytes(segments(original).getFirst()));
        Files.delete(folder.resolve("00000002.seg"));
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.log().forget(open.log().damage().getFirst())).isTrue();
        }
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.report().damaged()).isEmpty();
            assertThat(written.entrySet()).containsAll(open.records().entrySet());
            assertThat(open.records()).hasSizeGreaterThan(5);
        }
    }

    @Test
    void damageThatHappensWhileOpenIsFoundByReading() throws Exception {
        Path folder = copyWith(segments(original).getFirst(), Files.readAllBytes(segments(original).getFirst()));
        try (Logs.Open open = Logs.open(folder)) {
            Path segment = folder.resolve("00000001.seg");
            byte[] bytes = Files.readAllBytes(segment);
            bytes[SegmentHeader.BYTES + RecordHeader.BYTES + 3] ^= 4;
            Files.write(segment, bytes);
            long first = written.firstKey();
            assertThat(open.log().read(first)).isInstanceOf(ReadResult.Damaged.class);
            assertThat(open.log().damage()).hasSize(1).allMatch(range -> range.holds(first));
            assertThat(open.log().read(written.lastKey())).isInstanceOf(ReadResult.Found.class);
        }
    }

    @Test
    void aSectorThatCannotBeReadIsDamageLikeAnyOther() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        disk.unreadable(70, 80);
        Path folder = copyWith(segments(original).getFirst(), Files.readAllBytes(segments(original).getFirst()));
        try (Logs.Open open = Logs.open(folder, disk)) {
            assertThat(open.report().damaged()).isNotEmpty();
            assertThat(written.entrySet()).containsAll(open.records().entrySet());
        }
    }

    @Test
    void noPayloadPassesForARecord() throws Exception {
        Path folder = temp.resolve("attack");
        Bytes inner = Bytes.fromHex("aabbcc");
        try (Logs.Open open = Logs.open(folder)) {
            Logs.append(open.log(), inner);
        }
        byte[] known = Files.readAllBytes(folder.resolve("00000001.seg"));
        Bytes copyOfRecord = Bytes.copyOf(known, SegmentHeader.BYTES, known.length - SegmentHeader.BYTES);
        try (Logs.Open open = Logs.open(folder)) {
            Logs.append(open.log(), copyOfRecord.concat(copyOfRecord));
            Logs.append(open.log(), Bytes.fromHex("dd"));
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("00000001.seg"));
        bytes[known.length + 2] ^= 1;
        Files.write(folder.resolve("00000001.seg"), bytes);
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.payloads()).containsExactly(inner, Bytes.fromHex("dd"));
            assertThat(open.report().damaged()).hasSize(1);
        }
    }

    /** Everything served is what was written, and everything else lies in a range that is reported. */
    private void requireHonest(Logs.Open open, String where) {
        assertThat(written.entrySet()).as(where).containsAll(open.records().entrySet());
        for (Map.Entry<Long, Bytes> record : written.entrySet()) {
            long position = record.getKey();
            ReadResult read = open.log().read(position);
            if (read instanceof ReadResult.Found(Bytes payload)) {
                assertThat(payload).as(where).isEqualTo(record.getValue());
                assertThat(open.records()).as(where).containsKey(position);
            } else {
                boolean reported = open.report().damaged().stream().anyMatch(range -> range.holds(position))
                        || open.report()
                                .cut()
                                .filter(cut -> Position.segment(position) == cut.segment()
                                        && Position.offset(position) >= cut.from())
                                .isPresent();
                boolean beyondTheLast = position > written.lastKey()
                        || segments(original).size() == Position.segment(position);
                assertThat(reported || beyondTheLast).as(where + ", " + Position.toString(position)).isTrue();
            }
        }
    }

    private Path copyWith(Path segment, byte[] content) throws IOException {
        Path folder = Files.createTempDirectory(temp, "copy");
        for (Path each : segments(original)) {
            if (!each.equals(segment)) {
                Files.copy(each, folder.resolve(each.getFileName()));
            }
        }
        Files.write(folder.resolve(segment.getFileName()), content);
        return folder;
    }

    private static List<Path> segments(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".seg"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
