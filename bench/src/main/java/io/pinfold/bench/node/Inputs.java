package io.pinfold.bench.node;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Files of random bytes, the same at each run: a large file, a tree of small files, and a folder of other small files. */
record Inputs(Path warmUp, Path large, long largeSize, Path tree, List<String> leaves, Path singles,
        List<String> roots) {

    private static final int TREE = 20_000;
    private static final int SINGLES = 3_000;
    private static final int SMALL = 1_000;
    private static final int IN_FOLDER = 200;
    private static final int PIECE = 1 << 20;
    /** The file that is imported and pinned first, and not timed, is so many times smaller than the large one. */
    private static final int WARM_UP_SHARE = 2;

    /** Writes them below {@code folder}. */
    static Inputs make(Path folder, long largeSize) throws IOException {
        var random = new SplittableRandom(4);
        Path warmUp = file(random, folder.resolve("warm-up"), largeSize / WARM_UP_SHARE);
        Path large = file(random, folder.resolve("large"), largeSize);
        Path tree = folder.resolve("tree");
        Path singles = folder.resolve("singles");
        return new Inputs(warmUp, large, largeSize, tree, small(random, tree, TREE), singles,
                small(random, singles, SINGLES));
    }

    private static Path file(SplittableRandom random, Path file, long size) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= PIECE) {
                out.write(some(random, (int) Math.min(PIECE, left)));
            }
        }
        return file;
    }

    /** Makes {@code count} files and gives the CIDs of their blocks. */
    private static List<String> small(SplittableRandom random, Path folder, int count) throws IOException {
        List<String> cids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] content = some(random, SMALL);
            Path inside = Files.createDirectories(folder.resolve("d" + i / IN_FOLDER));
            Files.write(inside.resolve("f" + i), content);
            cids.add(Cid.v1(Multicodec.RAW, Multihash.sha256(Bytes.copyOf(content))).toString());
        }
        return cids;
    }

    private static byte[] some(SplittableRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
