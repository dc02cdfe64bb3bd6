package io.pinfold.trust;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GuardLogTest {

    private static final Cid CLUSTER = TestCids.cid(100);

    private static final List<PeerId> VOTERS = IntStream.rangeClosed(0, 3).mapToObj(TestKeys::peerId).toList();

    private static final int BATCH = 5_000;
    /** More batches than fill a log whose records had a byte each. */
    private static final int MAX_ROUNDS = (int) (GuardLog.REWRITE_BYTES / BATCH) + 1;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    private Path folder;
    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("guard.log");
    }

    @Test
    void remembersNumbersAndTheNewestHeadOfEachKey() {
        try (GuardLog log = open()) {
            assertThat(log.reserved()).isZero();
            log.reserve(64);
            log.accept(List.of(head(1, 5, 100), head(2, 7, 100)));
            log.accept(List.of(head(1, 4, 200), head(2, 7, 101)));
            log.reserve(128);
        }
        try (GuardLog log = open()) {
            assertThat(log.reserved()).isEqualTo(128);
            assertThat(log.heads()).containsExactlyInAnyOrder(head(1, 5, 100), head(2, 7, 101));
        }
    }

    @Test
    void aNewerTrustVersionComesBeforeHeight() {
        HeadMark old = new HeadMark(TestKeys.peerId(1), 0, 1000, TestCids.cid(1), 5);
        HeadMark reset = new HeadMark(TestKeys.peerId(1), 1, 10, TestCids.cid(2), 6);
        try (GuardLog log = open()) {
            log.accept(List.of(old));
            log.accept(List.of(reset));
            log.accept(List.of(old));
            assertThat(log.heads()).containsExactly(reset);
        }
    }

    @Test
    void aHeadThatCouldNotBeWrittenIsNotTakenForKept() {
        GuardLog log = open();
        log.close();
        assertThatThrownBy(() -> log.accept(List.of(head(1, 5, 100)))).isInstanceOf(UncheckedIOException.class);
        assertThat(log.heads()).isEmpty();
    }

    @Test
    void numbersAreNeverReservedBackwards() {
        try (GuardLog log = open()) {
            log.reserve(10);
            assertThatThrownBy(() -> log.reserve(10)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTailTornAnywhereIsCutAndAllBeforeItIsKept() throws IOException {
        try (GuardLog log = open()) {
            log.reserve(10);
            log.reserve(20);
        }
        long whole = Files.size(path);
        try (GuardLog log = open()) {
            log.reserve(30);
        }
        byte[] bytes = Files.readAllBytes(path);
        for (int cut = (int) whole; cut < bytes.length; cut++) {
            Files.write(path, Arrays.copyOf(bytes, cut));
            try (GuardLog log = open()) {
                assertThat(log.reserved()).as("cut at %d", cut).isEqualTo(20);
                log.reserve(21);
            }
            try (GuardLog log = open()) {
                assertThat(log.reserved()).isEqualTo(21);
            }
        }
    }

    @Test
    void aTailOfZerosIsCut() throws IOException {
        try (GuardLog log = open()) {
            log.reserve(10);
        }
        Files.write(path, new byte[5000], StandardOpenOption.APPEND);
        try (GuardLog log = open()) {
            assertThat(log.reserved()).isEqualTo(10);
        }
    }

    @Test
    void aFlippedBitBeforeTheEndIsDamageAndChangesNothing() throws IOException {
        try (GuardLog log = open()) {
            log.reserve(10);
            log.accept(List.of(head(1, 5, 100)));
            log.reserve(20);
        }
        byte[] good = Files.readAllBytes(path);
        RandomGenerator random = seeds.generator();
        for (int round = 0; round < 200; round++) {
            byte[] bad = good.clone();
            int at = random.nextInt(good.length - 20);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, bad);
            assertThat(GuardLog.open(path, CLUSTER, TestKeys.peerId(1))).as("byte %d, %s", at, seeds)
                    .isInstanceOf(GuardOpening.Damaged.class);
            assertThat(Files.readAllBytes(path)).isEqualTo(bad);
        }
    }

    @Test
    void anEmptyOrForeignFileIsNotTakenForALog() throws IOException {
        Files.write(path, new byte[0]);
        assertThat(GuardLog.open(path, CLUSTER, TestKeys.peerId(1))).isInstanceOf(GuardOpening.Damaged.class);
        Files.writeString(path, "{\"id\": \"x\"}");
        assertThat(GuardLog.open(path, CLUSTER, TestKeys.peerId(1))).isInstanceOf(GuardOpening.Damaged.class);
        Files.delete(path);
        open().close();
        assertThat(GuardLog.open(path, CLUSTER, TestKeys.peerId(2))).isInstanceOf(GuardOpening.Foreign.class);
        assertThat(GuardLog.open(path, TestCids.cid(101), TestKeys.peerId(1)))
                .isInstanceOf(GuardOpening.Foreign.class);
    }

    @Test
    void staysSmallAndCorrectOverManyRecords() throws IOException {
        RandomGenerator random = seeds.generator();
        Map<Integer, HeadMark> expected = new HashMap<>();
        long reserved = 0;
        for (int round = 0; round < 6; round++) {
            try (GuardLog log = open()) {
                assertThat(log.reserved()).as("%s", seeds).isEqualTo(reserved);
                assertThat(log.heads()).as("%s", seeds).containsExactlyInAnyOrderElementsOf(expected.values());
                reserved += 1 + random.nextInt(100);
                log.reserve(reserved);
                List<HeadMark> batch = new ArrayList<>();
                for (int i = 0; i < 2000; i++) {
                    HeadMark head = head(1 + random.nextInt(3), random.nextInt(1_000_000), i);
                    batch.add(head);
                    expected.merge(voterNumber(head), head, (a, b) -> b.isNewerThan(a) ? b : a);
                }
                log.accept(batch);
            }
        }
        for (int i = 0; i < 2; i++) {
            try (GuardLog log = open()) {
                List<HeadMark> many = new ArrayList<>();
                for (int height = 1; height <= 20_000; height++) {
                    many.add(head(1, 2_000_000 + height + 100_000 * i, 0));
                }
                log.accept(many);
                expected.put(1, many.getLast());
            }
        }
        assertThat(Files.size(path)).isLessThan(GuardLog.REWRITE_BYTES + (4 << 20));
        try (GuardLog log = open()) {
            assertThat(log.reserved()).isEqualTo(reserved);
            assertThat(log.heads()).containsExactlyInAnyOrderElementsOf(expected.values());
        }
    }

    @Test
    void aRewriteThatFailsLeavesTheLogAsItWasAndIsMadeUpFor() throws IOException {
        Path inTheWay = folder.resolve("guard.log.new").resolve("file");
        try (GuardLog log = open()) {
            log.reserve(10);
            HeadMark last = head(1, 1, 0);
            for (int round = 0; round < MAX_ROUNDS && Files.size(path) <= GuardLog.REWRITE_BYTES; round++) {
                List<HeadMark> many = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    last = head(1, last.height() + 1, 0);
                    many.add(last);
                }
                log.accept(many);
            }
            assertThat(Files.size(path)).as("full").isGreaterThan(GuardLog.REWRITE_BYTES);
            byte[] before = Files.readAllBytes(path);
            Files.createDirectories(inTheWay);
            HeadMark next = head(1, last.height() + 1, 0);
            assertThatThrownBy(() -> log.reserve(20)).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> log.accept(List.of(next))).isInstanceOf(UncheckedIOException.class);
            assertThat(log.reserved()).isEqualTo(10);
            assertThat(log.heads()).containsExactly(last);
            assertThat(Files.readAllBytes(path)).isEqualTo(before);
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            log.reserve(20);
            log.accept(List.of(next));
            assertThat(Files.size(path)).isLessThan(10_000);
            log.reserve(30);
        }
        try (GuardLog log = open()) {
            assertThat(log.reserved()).isEqualTo(30);
            assertThat(log.heads()).hasSize(1);
        }
    }

    private static int voterNumber(HeadMark head) {
        return VOTERS.indexOf(head.voter());
    }

    private static HeadMark head(int voter, long height, long time) {
        return new HeadMark(VOTERS.get(voter), 0, height, TestCids.cid((int) height), time);
    }

    private GuardLog open() {
        GuardOpening opening = GuardLog.open(path, CLUSTER, TestKeys.peerId(1));
        assertThat(opening).isInstanceOf(GuardOpening.Opened.class);
        return ((GuardOpening.Opened) opening).log();
    }
}
