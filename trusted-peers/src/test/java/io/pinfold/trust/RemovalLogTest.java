package io.pinfold.trust;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RemovalLogTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    private Path folder;

    @Test
    void doesAsAMapThatIsReopenedAtRandom() {
        RandomGenerator random = seeds.generator();
        Map<Cid, PendingRemoval> model = new HashMap<>();
        RemovalLog log = open();
        for (int round = 0; round < 150; round++) {
            List<PendingRemoval> added = new ArrayList<>();
            List<Cid> settled = new ArrayList<>();
            for (int i = random.nextInt(80); i > 0; i--) {
                added.add(new PendingRemoval(TestCids.cid(random.nextInt(300)), random.nextInt(1000), round));
                settled.add(TestCids.cid(random.nextInt(300)));
            }
            assertThat(log.add(added)).isTrue();
            added.forEach(removal -> model.put(removal.cid(), removal));
            log.settle(settled);
            settled.forEach(model::remove);
            if (random.nextInt(20) == 0) {
                log.close();
                log = open();
            }
            assertThat(log.pending()).as("round %d, %s", round, seeds)
                    .containsExactlyInAnyOrderElementsOf(model.values());
        }
        log.close();
        assertThat(folder.resolve("removals.log")).satisfies(path -> assertThat(Files.size(path))
                .isLessThan(2 * RemovalLog.REWRITE_BYTES));
    }

    @Test
    void damageEmptiesItSinceALostRecordKeepsAPin() throws IOException {
        try (RemovalLog log = open()) {
            log.add(List.of(new PendingRemoval(TestCids.cid(1), 1, 1)));
            log.add(List.of(new PendingRemoval(TestCids.cid(2), 1, 1)));
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("removals.log"));
        bytes[12] ^= 1;
        Files.write(folder.resolve("removals.log"), bytes);
        try (RemovalLog log = open()) {
            assertThat(log.pending()).isEmpty();
            log.add(List.of(new PendingRemoval(TestCids.cid(3), 1, 1)));
        }
        try (RemovalLog log = open()) {
            assertThat(log.get(TestCids.cid(3))).isPresent();
            assertThat(log.get(TestCids.cid(1))).isEmpty();
        }
    }

    private RemovalLog open() {
        return new RemovalLog(folder.resolve("removals.log"));
    }
}
