package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What the tests of logs do again and again. */
final class Logs {

    static final int MAX_RECORD = 8192;
    static final int SEGMENT = 4096;

    /** An open log and what opening it found. */
    record Open(SegmentLog log, OpenReport report, SortedMap<Long, Bytes> records) implements AutoCloseable {

        List<Bytes> payloads() {
            return List.copyOf(records.values());
        }

        @Override
        public void close() throws IOException {
            log.close();
        }
    }

    private Logs() {}

    static SegmentLogConfig config(Path folder) {
        return new SegmentLogConfig(folder, "TEST", MAX_RECORD, SEGMENT);
    }

    static Open open(Path folder) {
        return open(folder, new FaultyDisk());
    }

    static Open open(Path folder, FileSystemAccess files) {
        SortedMap<Long, Bytes> records = new TreeMap<>();
        OpenResult result = SegmentLog.open(config(folder), files, RandomGenerator.of("L64X128MixRandom"),
                (position, payload) -> records.put(position, toBytes(payload)));
        return switch (result) {
            case OpenResult.Opened(SegmentLog log, OpenReport report) -> new Open(log, report, records);
            case OpenResult.Refused(OpenResult.Reason reason, String detail) ->
                throw new AssertionError(reason + ": " + detail);
        };
    }

    static List<Long> append(SegmentLog log, Bytes... payloads) {
        return switch (log.append(List.of(payloads))) {
            case AppendResult.Appended(List<Long> positions) -> positions;
            case AppendResult.Failed failed -> throw new AssertionError(failed.toString());
        };
    }

    static Bytes random(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static Bytes toBytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return Bytes.copyOf(bytes);
    }
}
