package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a log does while nothing goes wrong. */
class SegmentLogTest {

    private static final Bytes ONE = Bytes.fromHex("01");
    private static final Bytes EMPTY = Bytes.EMPTY;

    @TempDir
    Path folder;

    @Test
    void whatWasAppendedIsReadBackAndFoundAgain() throws Exception {
        List<Long> positions;
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.records()).isEmpty();
            positions = Logs.append(open.log(), ONE, EMPTY, Bytes.fromHex("0203"));
            assertThat(positions).isSorted().doesNotHaveDuplicates().doesNotContain(Position.NONE);
            assertThat(open.log().read(positions.get(1))).isEqualTo(new ReadResult.Found(EMPTY));
        }
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.records().keySet()).containsExactlyElementsOf(positions);
            assertThat(open.payloads()).containsExactly(ONE, EMPTY, Bytes.fromHex("0203"));
            assertThat(open.report().records()).isEqualTo(3);
            assertThat(open.report().damaged()).isEmpty();
            assertThat(open.report().cut()).isEmpty();
            assertThat(open.log().read(positions.get(0))).isEqualTo(new ReadResult.Found(ONE));
        }
    }

    @Test
    void segmentsEndAtTheirBoundAndLargerRecordsGetOneOfTheirOwn() throws Exception {
        Random random = new Random(1);
        List<Bytes> written = new ArrayList<>();
        try (Logs.Open open = Logs.open(folder)) {
            for (int i = 0; i < 40; i++) {
                Bytes payload = Logs.random(random, i == 20 ? Logs.MAX_RECORD : 300);
                written.add(payload);
                Logs.append(open.log(), payload);
            }
        }
        try (Logs.Open open = Logs.open(folder); Stream<Path> files = Files.list(folder)) {
            assertThat(open.payloads()).isEqualTo(written);
            List<Long> sizes = files.filter(path -> path.toString().endsWith(".seg"))
                    .map(SegmentLogTest::size)
                    .toList();
            assertThat(sizes).hasSizeGreaterThan(4).filteredOn(size -> size > Logs.SEGMENT).hasSize(1);
        }
    }

    @Test
    void groupsLandWhollyInOneSegmentWhateverTheirSize() throws Exception {
        Bytes[] group = Stream.generate(() -> Logs.random(new Random(2), 100)).limit(500).toArray(Bytes[]::new);
        try (Logs.Open open = Logs.open(folder)) {
            Logs.append(open.log(), ONE);
            List<Long> positions = Logs.append(open.log(), group);
            assertThat(positions.stream().map(Position::segment).distinct()).hasSize(1);
        }
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.records()).hasSize(501);
        }
    }

    @Test
    void readersWorkWhileRecordsAreAppended() throws Exception {
        int count = 2000;
        AtomicReferenceArray<Long> positions = new AtomicReferenceArray<>(count);
        try (Logs.Open open = Logs.open(folder);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int reader = 0; reader < 4; reader++) {
                int seed = reader;
                Callable<Integer> reading = () -> readAll(open.log(), positions, seed);
                answers.add(readers.submit(reading));
            }
            for (int i = 0; i < count; i++) {
                positions.set(i, Logs.append(open.log(), payload(i)).getFirst());
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(count);
            }
        }
    }

    private static int readAll(SegmentLog log, AtomicReferenceArray<Long> positions, int seed) {
        Random random = new Random(seed);
        int i = 0;
        while (i < positions.length()) {
            if (positions.get(i) == null) {
                Thread.onSpinWait();
                continue;
            }
            int other = random.nextInt(i + 1);
            assertThat(log.read(positions.get(i))).isEqualTo(new ReadResult.Found(payload(i)));
            assertThat(log.read(positions.get(other))).isEqualTo(new ReadResult.Found(payload(other)));
            i++;
        }
        return i;
    }

    private static Bytes payload(int number) {
        return Logs.random(new Random(number), number % 97);
    }

    @Test
    void anInterruptNeitherStopsNorBreaksTheLog() throws Exception {
        try (Logs.Open open = Logs.open(folder)) {
            long before = Logs.append(open.log(), ONE).getFirst();
            Thread.currentThread().interrupt();
            long during = Logs.append(open.log(), Bytes.fromHex("02")).getFirst();
            assertThat(open.log().read(before)).isEqualTo(new ReadResult.Found(ONE));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(open.log().read(during)).isEqualTo(new ReadResult.Found(Bytes.fromHex("02")));
        }
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.records()).hasSize(2);
        }
    }

    @Test
    void dropBeforeDeletesWholeSegmentsOnly() throws Exception {
        List<Long> positions = new ArrayList<>();
        try (Logs.Open open = Logs.open(folder)) {
            for (int i = 0; i < 40; i++) {
                positions.addAll(Logs.append(open.log(), Logs.random(new Random(i), 500)));
            }
            long keep = positions.get(20);
            assertThat(open.log().dropBefore(keep)).isGreaterThan(0);
            assertThat(open.log().read(positions.getFirst())).isEqualTo(new ReadResult.Absent());
            assertThat(open.log().read(keep)).isInstanceOf(ReadResult.Found.class);
            assertThat(open.log().dropBefore(Long.MAX_VALUE)).isGreaterThan(0);
            assertThat(open.log().read(positions.getLast())).isInstanceOf(ReadResult.Found.class);
        }
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.report().damaged()).isEmpty();
            assertThat(open.records()).containsKey(positions.getLast());
            assertThat(Logs.append(open.log(), ONE).getFirst()).isGreaterThan(positions.getLast());
        }
    }

    @Test
    void aFolderHasOneLogAtATime() throws Exception {
        try (Logs.Open _ = Logs.open(folder)) {
            assertThat(tryOpen(Logs.config(folder))).isEqualTo(OpenResult.Reason.IN_USE);
        }
        assertThat(tryOpen(Logs.config(folder))).isNull();
    }

    @Test
    void anotherKindOfRecordsIsRefusedAndLeftAlone() throws Exception {
        try (Logs.Open open = Logs.open(folder)) {
            Logs.append(open.log(), ONE);
        }
        assertThat(tryOpen(new SegmentLogConfig(folder, "BLKS", 100, 4096))).isEqualTo(OpenResult.Reason.WRONG_TAG);
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.payloads()).containsExactly(ONE);
        }
    }

    @Test
    void aNewerFormatIsRefusedAndLeftAlone() throws Exception {
        ByteBuffer header = ByteBuffer.allocate(SegmentHeader.BYTES)
                .put(new SegmentHeader(1, 0x54455354, 0, 7).encode());
        for (int copy = 0; copy < SegmentHeader.BYTES; copy += SegmentHeader.COPY_BYTES) {
            header.putInt(copy + 4, 2);
            CRC32C crc = new CRC32C();
            crc.update(header.slice(copy, 28));
            header.putInt(copy + 28, (int) crc.getValue());
        }
        Path file = folder.resolve("00000001.seg");
        byte[] bytes = new byte[SegmentHeader.BYTES];
        header.get(0, bytes);
        Files.write(file, bytes);
        assertThat(tryOpen(Logs.config(folder))).isEqualTo(OpenResult.Reason.NEWER_VERSION);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void afterClosingNothingIsWrittenAnyMore() throws Exception {
        Logs.Open open = Logs.open(folder);
        long position = Logs.append(open.log(), ONE).getFirst();
        open.close();
        open.close();
        assertThat(open.log().append(List.of(ONE))).isInstanceOf(AppendResult.Failed.class);
        assertThat(open.log().read(position)).isInstanceOf(ReadResult.Failed.class);
        assertThat(open.log().dropBefore(Long.MAX_VALUE)).isZero();
    }

    @Test
    void groupsOutOfBoundsAreTheCallersMistake() throws Exception {
        try (Logs.Open open = Logs.open(folder)) {
            Bytes tooLong = Bytes.copyOf(new byte[Logs.MAX_RECORD + 1]);
            assertThatThrownBy(() -> open.log().append(List.of(tooLong)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> open.log().append(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static OpenResult.@Nullable Reason tryOpen(SegmentLogConfig config) throws Exception {
        OpenResult result = SegmentLog.open(config, FileSystemAccess.DISK, new Random(), (_, _) -> {});
        if (result instanceof OpenResult.Opened(SegmentLog log, _)) {
            log.close();
            return null;
        }
        return ((OpenResult.Refused) result).reason();
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
