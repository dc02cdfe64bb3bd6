package io.pinfold.chain.store.blocks;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static io.pinfold.chain.store.blocks.ChainModel.point;
import static org.assertj.core.api.Assertions.assertThat;

/** Damaged bytes are never served; what they took is missing until it is appended again, and then all is as before. */
class SegmentChainStoreDamageTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path temp;

    private final TestChains chains = new TestChains(1, 2);

    @Test
    void whateverIsDamagedCanBeMended() throws Exception {
        RandomGenerator random = seeds.generator();
        List<SignedBlock> main = chains.line(null, 1, 40, 0);
        List<SignedBlock> side = chains.line(main.get(19), 2, 3, 500);
        SignedBlock merge = chains.after(main.getLast(), 1, side, TestOps.pin(900));
        List<SignedBlock> rest = chains.line(merge, 1, 15, 1000);
        List<SignedBlock> branch = Stream.of(main, List.of(merge), rest).flatMap(List::stream).toList();
        List<SignedBlock> all = Stream.of(branch, side).flatMap(List::stream).toList();
        Path original = temp.resolve("original");
        try (SegmentChainStore store = Stores.open(original)) {
            main.forEach(block -> store.append(List.of(block), point(block)));
            store.append(side, point(main.getLast()));
            store.append(List.of(merge), point(merge));
            rest.forEach(block -> store.append(List.of(block), point(block)));
        }
        for (int round = 0; round < 40; round++) {
            Path folder = damagedCopy(original, random);
            try (SegmentChainStore store = Stores.open(folder)) {
                mend(store, all, branch);
                assertThat(Stores.scan(store, 1)).as("round " + round + ", " + seeds).isEqualTo(branch);
                assertThat(side).as("round " + round + ", " + seeds)
                        .allMatch(block -> store.get(block.cid()).isPresent());
            }
            try (SegmentChainStore store = Stores.open(folder)) {
                assertThat(store.report().damaged()).as("round " + round + ", " + seeds).isEmpty();
                assertThat(Stores.scan(store, 1)).as("round " + round + ", " + seeds).isEqualTo(branch);
            }
        }
    }

    /** What a peer does: appends what is missing until nothing is, then what other peers have above its head. */
    private static void mend(SegmentChainStore store, List<SignedBlock> all, List<SignedBlock> branch) {
        Map<Cid, SignedBlock> byCid = all.stream().collect(Collectors.toMap(SignedBlock::cid, Function.identity()));
        List<Cid> missing = store.missing();
        for (int rounds = 0; !missing.isEmpty(); rounds++) {
            assertThat(rounds).isLessThan(100);
            assertThat(missing).noneMatch(store::contains).allMatch(byCid::containsKey);
            List<SignedBlock> fetched = missing.stream().map(byCid::get).toList();
            store.append(fetched, store.head().orElseThrow());
            missing = store.missing();
        }
        store.append(all, point(branch.getLast()));
    }

    private Path damagedCopy(Path original, RandomGenerator random) throws IOException {
        Path folder = Files.createTempDirectory(temp, "copy");
        List<Path> segments = segments(original);
        int victim = random.nextInt(segments.size() - 1);
        for (Path segment : segments) {
            byte[] bytes = Files.readAllBytes(segment);
            if (segment.equals(segments.get(victim))) {
                int from = random.nextInt(10) == 0 ? 0 : random.nextInt(bytes.length);
                int length = 1 + random.nextInt(random.nextBoolean() ? 4 : 2000);
                for (int at = from; at < Math.min(bytes.length, from + length); at++) {
                    bytes[at] ^= (byte) (1 + random.nextInt(255));
                }
            }
            Files.write(folder.resolve(segment.getFileName()), bytes);
        }
        return folder;
    }

    @Test
    void damageFoundWhileReadingIsMissingFromThenOn() throws Exception {
        List<SignedBlock> line = chains.line(null, 1, 5, 0);
        Path folder = temp.resolve("live");
        try (SegmentChainStore store = Stores.open(folder)) {
            store.append(line, point(line.getLast()));
            Path segment = segments(folder).getFirst();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[64 + 16 + ChainRecord.BLOCK_HEADER_BYTES + 20] ^= 1;
            Files.write(segment, bytes);
            assertThat(store.get(line.getFirst().cid())).isEmpty();
            assertThat(store.contains(line.getFirst().cid())).isFalse();
            assertThat(store.missing()).containsExactly(line.getFirst().cid());
            assertThat(Stores.scan(store, 1)).isEmpty();
            assertThat(Stores.scan(store, 2)).hasSize(4);
            store.append(line.subList(0, 1), point(line.getLast()));
            assertThat(store.missing()).isEmpty();
            assertThat(Stores.scan(store, 1)).isEqualTo(line);
        }
        try (SegmentChainStore store = Stores.open(folder)) {
            assertThat(store.report().damaged()).isEmpty();
            assertThat(Stores.scan(store, 1)).isEqualTo(line);
        }
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(path -> path.toString().endsWith(".seg")).sorted().toList());
        }
    }
}
