package io.pinfold.chain.store.blocks;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.store.file.FaultyDisk;
import io.pinfold.chain.store.file.FileSystemAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the tests of chain stores do again and again. */
final class Stores {

    static final int SEGMENT = 4096;

    private Stores() {}

    static SegmentChainStore open(Path folder) {
        return open(folder, new FaultyDisk());
    }

    static SegmentChainStore open(Path folder, FileSystemAccess files) {
        return SegmentChainStore.open(folder, files, new SplittableRandom(1), SEGMENT).orElseThrow();
    }

    static List<SignedBlock> scan(SegmentChainStore store, long from) {
        List<SignedBlock> blocks = new ArrayList<>();
        store.scan(from, blocks::add);
        return blocks;
    }

    static List<SignedBlock> orphans(SegmentChainStore store) {
        List<SignedBlock> blocks = new ArrayList<>();
        store.scanOrphans(blocks::add);
        return blocks;
    }
}
