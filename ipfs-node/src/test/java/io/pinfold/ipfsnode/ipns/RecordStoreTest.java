package io.pinfold.ipfsnode.ipns;

import io.pinfold.ipfsnode.ipns.RecordStore.Kept;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RecordStoreTest {

    private static final PrivateKey KEY = TestKeys.key(1);
    private static final IpnsName NAME = new IpnsName(KEY.peerId());

    @TempDir
    Path folder;

    private static IpnsRecord record(PrivateKey key, long sequence) {
        return IpnsRecord.sign(key, "/ipfs/bafkqaaa", Instant.parse("2100-01-01T00:00:00Z"), sequence, Duration.ZERO);
    }

    @Test
    void the_newest_is_kept_also_over_a_restart() throws Exception {
        try (RecordStore store = RecordStore.open(folder, 10)) {
            assertThat(store.keep(record(KEY, 5))).isEqualTo(Kept.NEWEST);
            assertThat(store.keep(record(KEY, 4))).isEqualTo(Kept.NOT_NEWER);
            assertThat(store.keep(record(KEY, 5))).isEqualTo(Kept.NOT_NEWER);
            assertThat(store.keep(record(KEY, 6))).isEqualTo(Kept.NEWEST);
        }
        try (RecordStore store = RecordStore.open(folder, 10)) {
            assertThat(store.find(NAME)).contains(record(KEY, 6));
        }
    }

    @Test
    void many_at_once_end_with_the_newest_on_disk() throws Exception {
        try (RecordStore store = RecordStore.open(folder, 10)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                IpnsRecord record = record(KEY, i);
                threads.add(Thread.startVirtualThread(() -> store.keep(record)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        try (RecordStore store = RecordStore.open(folder, 10)) {
            assertThat(store.find(NAME)).contains(record(KEY, 49));
        }
    }

    @Test
    void a_damaged_file_and_one_of_another_name_are_passed_over() throws Exception {
        try (RecordStore store = RecordStore.open(folder, 10)) {
            store.keep(record(KEY, 5));
            store.keep(record(TestKeys.key(2), 1));
        }
        Path mine = folder.resolve(NAME + ".ipns-record");
        Files.copy(mine, folder.resolve(new IpnsName(TestKeys.key(3).peerId()) + ".ipns-record"));
        byte[] bytes = Files.readAllBytes(mine);
        bytes[20] ^= 1;
        Files.write(mine, bytes);
        Files.write(folder.resolve("nonsense.ipns-record"), bytes);
        try (RecordStore store = RecordStore.open(folder, 10)) {
            assertThat(store.names()).containsExactly(new IpnsName(TestKeys.key(2).peerId()));
        }
    }

    @Test
    void there_are_so_many_names_and_forgotten_ones_make_room() throws Exception {
        try (RecordStore store = RecordStore.open(folder, 2)) {
            store.keep(record(KEY, 1));
            store.keep(record(TestKeys.key(2), 1));
            assertThat(store.keep(record(TestKeys.key(3), 1))).isEqualTo(Kept.FULL);
            assertThat(store.keep(record(KEY, 2))).isEqualTo(Kept.NEWEST);
            store.forget(record -> record.name().equals(NAME));
            assertThat(folder.resolve(NAME + ".ipns-record")).doesNotExist();
            assertThat(store.keep(record(TestKeys.key(3), 1))).isEqualTo(Kept.NEWEST);
        }
    }

    @Test
    void a_disk_that_fails_is_told() throws Exception {
        try (RecordStore store = RecordStore.open(folder.resolve("names"), 2)) {
            Files.delete(folder.resolve("names"));
            assertThat(store.keep(record(KEY, 1))).isEqualTo(Kept.DISK_FAILED);
        }
    }

    @Test
    void an_interrupt_does_not_break_the_writing() throws Exception {
        try (RecordStore store = RecordStore.open(folder, 2)) {
            Thread.currentThread().interrupt();
            assertThat(store.keep(record(KEY, 1))).isEqualTo(Kept.NEWEST);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
