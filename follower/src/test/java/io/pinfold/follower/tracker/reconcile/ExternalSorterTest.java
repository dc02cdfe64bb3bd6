package io.pinfold.follower.tracker.reconcile;

import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.Seeds;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExternalSorterTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    private Path folder;

    @Test
    void isASortedSetHoweverManyRunsItTakes() throws IOException {
        RandomGenerator random = seeds.generator();
        for (int round = 0; round < 30; round++) {
            SortLimits limits = new SortLimits(1 + random.nextInt(400), 2 + random.nextInt(4), 1 << 20);
            SortedSet<Bytes> model = new TreeSet<>();
            try (ExternalSorter sorter = new ExternalSorter(new SpillFolder(folder, "keys"), limits)) {
                int count = random.nextInt(400);
                for (int i = 0; i < count; i++) {
                    byte[] key = new byte[random.nextInt(random.nextInt(20) == 0 ? ExternalSorter.MAX_KEY + 1 : 4)];
                    random.nextBytes(key);
                    sorter.add(Bytes.copyOf(key));
                    model.add(Bytes.copyOf(key));
                }
                assertThat(files()).as("%s", seeds).hasSizeLessThan(limits.fanIn() * 12);
                try (SortedKeys sorted = sorter.sorted()) {
                    assertThat(all(sorted)).as("%s", seeds).containsExactlyElementsOf(model);
                }
            }
            assertThat(files()).as("%s", seeds).isEmpty();
        }
    }

    @Test
    void whatFitsIntoMemoryTouchesNoDisk() throws IOException {
        try (ExternalSorter sorter = new ExternalSorter(new SpillFolder(folder, "keys"), SortLimits.DEFAULT)) {
            for (int i = 0; i < 1000; i++) {
                sorter.add(key(1000 - i));
            }
            assertThat(sorter.runs()).isZero();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void theDiskItTakesIsBounded() throws IOException {
        try (ExternalSorter sorter = new ExternalSorter(new SpillFolder(folder, "keys"),
                new SortLimits(100, 2, 1000))) {
            assertThatThrownBy(() -> {
                for (int i = 0; i < 1000; i++) {
                    sorter.add(key(i));
                }
            }).isInstanceOf(IOException.class).hasMessageContaining("1000 bytes");
        }
        assertThat(files()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> {
            try (ExternalSorter sorter = new ExternalSorter(new SpillFolder(folder, "keys"), SortLimits.DEFAULT)) {
                sorter.add(Bytes.copyOf(new byte[ExternalSorter.MAX_KEY + 1]));
            }
        });
    }

    @Test
    void aDiskThatFailsAtAnyWriteOrReadIsAnErrorAndLeavesNothing() throws IOException {
        for (int good = 0; good < 40; good++) {
            Failing spill = new Failing(new SpillFolder(folder, "keys"), good);
            boolean failed = false;
            try (ExternalSorter sorter = new ExternalSorter(spill, new SortLimits(20, 3, 1 << 20))) {
                for (int i = 0; i < 40; i++) {
                    sorter.add(key(i * 37 % 40));
                }
                try (SortedKeys sorted = sorter.sorted()) {
                    assertThat(all(sorted)).hasSize(40);
                }
            } catch (IOException e) {
                failed = true;
            }
            assertThat(failed).as("after %d good steps", good).isEqualTo(spill.left < 0);
            assertThat(files()).as("after %d good steps", good).isEmpty();
        }
    }

    @Test
    void whatAnEarlierRunLeftIsRemovedAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("keys-7.spill"), "old");
        Files.writeString(folder.resolve("other-7.spill"), "other");
        new SpillFolder(folder, "keys");
        assertThat(files()).containsExactly("other-7.spill");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static Bytes key(int number) {
        return Bytes.copyOf(new byte[]{(byte) (number >> 8), (byte) number});
    }

    private static List<Bytes> all(SortedKeys keys) throws IOException {
        List<Bytes> all = new ArrayList<>();
        for (Bytes key = keys.next(); key != null; key = keys.next()) {
            all.add(key);
        }
        return all;
    }

    /** A disk that fails once, after some steps. */
    private static final class Failing implements Spill {

        private final Spill disk;
        private int left;

        Failing(Spill disk, int good) {
            this.disk = disk;
            this.left = good;
        }

        private void step() throws IOException {
            if (left-- == 0) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public OutputStream create(int number) throws IOException {
            step();
            return new FilterOutputStream(disk.create(number)) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    step();
                    out.write(bytes, from, count);
                }
            };
        }

        @Override
        public InputStream open(int number) throws IOException {
            step();
            return disk.open(number);
        }

        @Override
        public void delete(int number) throws IOException {
            disk.delete(number);
        }
    }
}
