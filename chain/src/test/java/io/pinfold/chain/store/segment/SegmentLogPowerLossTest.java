package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.file.ForwardingFile;
import io.pinfold.chain.store.file.PowerLossDisk;
import io.pinfold.chain.store.file.StoreFile;
import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The power fails while a log is written, again and again, and the disk loses what it likes of what was not forced. */
class SegmentLogPowerLossTest {

    private static final int LOSSES = 40;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private final PowerLossDisk disk = new PowerLossDisk();
    private final List<Bytes> acknowledged = new ArrayList<>();
    private final Set<Bytes> offered = new HashSet<>();

    @Test
    void whatWasAcknowledgedIsThereInOrderAndNothingElseThatWasNotOffered() throws Exception {
        RandomGenerator random = seeds.generator();
        for (int loss = 0; loss < LOSSES; loss++) {
            String when = "loss " + loss + ", " + seeds;
            try (Logs.Open open = Logs.open(folder, new DyingDisk(random.nextInt(60)))) {
                requireAcknowledged(open, when);
                appendUntilTheEnd(open.log(), random);
            } catch (PowerFailure _) {
                // as planned
            }
            disk.losePower(random);
        }
        try (Logs.Open open = Logs.open(folder)) {
            requireAcknowledged(open, seeds.toString());
        }
        assertThat(acknowledged).as(seeds.toString()).hasSizeGreaterThan(LOSSES);
    }

    private void requireAcknowledged(Logs.Open open, String when) {
        List<Bytes> found = new ArrayList<>(open.payloads());
        assertThat(offered).as(when).containsAll(found);
        found.retainAll(new HashSet<>(acknowledged));
        assertThat(found).as(when).isEqualTo(acknowledged);
    }

    private void appendUntilTheEnd(SegmentLog log, RandomGenerator random) {
        while (true) {
            List<Bytes> group = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                group.add(Logs.random(random, 8 + random.nextInt(1500)));
            }
            offered.addAll(group);
            if (log.append(group) instanceof AppendResult.Appended) {
                acknowledged.addAll(group);
            }
        }
    }

    /** The end of the process in the midst of a call. */
    private static final class PowerFailure extends Error {
        private static final long serialVersionUID = 1;
    }

    /** The disk, for so many more writes and forces. */
    private final class DyingDisk implements FileSystemAccess {

        private int left;

        DyingDisk(int left) {
            this.left = left;
        }

        private void step() {
            if (--left < 0) {
                throw new PowerFailure();
            }
        }

        @Override
        public StoreFile open(Path path, boolean create) throws IOException {
            step();
            return new DyingFile(disk.open(path, create));
        }

        @Override
        public void delete(Path path) throws IOException {
            step();
            disk.delete(path);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            step();
            disk.rename(from, to);
        }

        @Override
        public void forceFolder(Path path) {
            step();
            disk.forceFolder(path);
        }

        @Override
        public long usableSpace(Path path) {
            return disk.usableSpace(path);
        }

        private final class DyingFile extends ForwardingFile {

            private final StoreFile file;

            DyingFile(StoreFile file) {
                super(file);
                this.file = file;
            }

            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                step();
                super.write(from, position);
            }

            @Override
            public void force() throws IOException {
                step();
                file.force();
            }

            @Override
            public void truncate(long length) throws IOException {
                step();
                super.truncate(length);
            }
        }
    }
}
