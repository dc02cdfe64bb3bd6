package io.pinfold.chain.store.segment;

import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.multiformats.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a log does on a disk that is full or breaks: it says so, stays as it was, and goes on when it can. */
class SegmentLogFaultTest {

    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void aFullDiskIsToldAndTheLogGoesOnWhenThereIsRoom() throws Exception {
        try (Logs.Open open = Logs.open(folder, disk)) {
            Logs.append(open.log(), Bytes.fromHex("01"));
            disk.leave(100);
            assertThat(failure(open.log(), new byte[500])).isEqualTo(StoreFailure.Kind.DISK_FULL);
            disk.leave(Long.MAX_VALUE);
            Logs.append(open.log(), Bytes.fromHex("02"));
        }
        requireRecords(Bytes.fromHex("01"), Bytes.fromHex("02"));
    }

    @Test
    void aFullDiskAtTheFirstByteOfANewSegmentLeavesNoFile() throws Exception {
        try (Logs.Open open = Logs.open(folder, disk)) {
            disk.leave(10);
            assertThat(failure(open.log(), new byte[1])).isEqualTo(StoreFailure.Kind.DISK_FULL);
            disk.leave(Long.MAX_VALUE);
            Logs.append(open.log(), Bytes.fromHex("02"));
        }
        requireRecords(Bytes.fromHex("02"));
    }

    @Test
    void aForceThatFailsAcknowledgesNothing() throws Exception {
        try (Logs.Open open = Logs.open(folder, disk)) {
            Logs.append(open.log(), Bytes.fromHex("01"));
            disk.forces(false);
            assertThat(failure(open.log(), new byte[500])).isEqualTo(StoreFailure.Kind.IO_ERROR);
            assertThat(failure(open.log(), new byte[5])).isEqualTo(StoreFailure.Kind.IO_ERROR);
            disk.forces(true);
            Logs.append(open.log(), Bytes.fromHex("02"));
        }
        requireRecords(Bytes.fromHex("01"), Bytes.fromHex("02"));
    }

    @Test
    void leftoversThatCannotBeCutBlockTheLogUntilTheyCan() throws Exception {
        try (Logs.Open open = Logs.open(folder, disk)) {
            Logs.append(open.log(), Bytes.fromHex("01"));
            disk.writes(false);
            disk.truncates(false);
            assertThat(failure(open.log(), new byte[500])).isEqualTo(StoreFailure.Kind.IO_ERROR);
            disk.writes(true);
            assertThat(failure(open.log(), new byte[5])).isEqualTo(StoreFailure.Kind.IO_ERROR);
            disk.truncates(true);
            Logs.append(open.log(), Bytes.fromHex("02"));
        }
        requireRecords(Bytes.fromHex("01"), Bytes.fromHex("02"));
    }

    @Test
    void whateverFailsTheLogHoldsWhatItAcknowledged() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Path place = folder.resolve("seed" + seed);
            List<Bytes> acknowledged = new ArrayList<>();
            for (int restart = 0; restart < 4; restart++) {
                try (Logs.Open open = Logs.open(place, disk)) {
                    assertThat(brief(open.payloads())).as("seed " + seed).isEqualTo(brief(acknowledged));
                    assertThat(open.report().damaged()).as("seed " + seed).isEmpty();
                    for (int i = 0; i < 40; i++) {
                        appendWithFaults(open.log(), random, acknowledged);
                    }
                    heal();
                }
            }
        }
    }

    private void appendWithFaults(SegmentLog log, Random random, List<Bytes> acknowledged) {
        disk.leave(random.nextInt(8) == 0 ? random.nextInt(3000) : Long.MAX_VALUE);
        disk.writes(random.nextInt(8) != 0);
        disk.forces(random.nextInt(8) != 0);
        disk.truncates(random.nextInt(4) != 0);
        List<Bytes> group = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            group.add(Logs.random(random, random.nextInt(1200)));
        }
        if (log.append(group) instanceof AppendResult.Appended(List<Long> positions)) {
            assertThat(positions).hasSameSizeAs(group);
            acknowledged.addAll(group);
        }
    }

    private static List<String> brief(List<Bytes> payloads) {
        return payloads.stream().map(payload -> payload.size() + "/" + payload.hashCode()).toList();
    }

    private void heal() {
        disk.leave(Long.MAX_VALUE);
        disk.writes(true);
        disk.forces(true);
        disk.truncates(true);
    }

    private static StoreFailure.Kind failure(SegmentLog log, byte[] payload) {
        AppendResult result = log.append(List.of(Bytes.copyOf(payload)));
        assertThat(result).isInstanceOf(AppendResult.Failed.class);
        return ((AppendResult.Failed) result).failure().kind();
    }

    private void requireRecords(Bytes... expected) throws Exception {
        try (Logs.Open open = Logs.open(folder)) {
            assertThat(open.payloads()).containsExactly(expected);
            assertThat(open.report().damaged()).isEmpty();
        }
    }
}
