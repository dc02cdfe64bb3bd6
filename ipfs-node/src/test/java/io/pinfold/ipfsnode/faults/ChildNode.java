package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.fetch.GraphFetchConfig;
import io.pinfold.ipfsnode.ipns.NamesConfig;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import io.pinfold.ipfsnode.node.ImportSink;
import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.store.StoreConfig;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The embedded node of a process that is to be killed, and what it says of its work. */
final class ChildNode {

    /** The name of its pins. */
    static final String PINS = "pinfold/test/";

    private static final int BATCH = 24;
    private static final GraphFetchConfig FETCH = GraphFetchConfig.DEFAULT;

    private ChildNode() {}

    static TestNode open(String folder) {
        return open(folder, 0);
    }

    /** The node in {@code folder}, which leaves so many bytes of the disk free. */
    static TestNode open(String folder, long reserve) {
        return new TestNode(Path.of(folder), config(reserve));
    }

    /** The defaults, with small buffers, files and batches, so that there are more moments to be killed in. */
    private static EmbeddedNodeConfig config(long reserve) {
        return new EmbeddedNodeConfig(EmbeddedNodeConfig.MAX_STORAGE,
                new StoreConfig(Stores.SMALL.database(), Stores.SMALL.fileSize(), reserve), BitswapConfig.DEFAULT,
                new GraphFetchConfig(FETCH.wantedBytes(), FETCH.wantedBlocks(), FETCH.batchBytes(), BATCH,
                        FETCH.cachedLinks(), FETCH.openNodes(), FETCH.seenNodes()),
                NamesConfig.DEFAULT, List.of(), List.of());
    }

    static void begun() {
        System.out.println("begun");
    }

    static void step(Object what) {
        System.out.println("step " + what);
    }

    static void would(String what, Cid root, int depth) {
        System.out.println("would " + what + " " + root + " " + depth);
    }

    static void did(String what, Cid root, int depth) {
        System.out.println("did " + what + " " + root + " " + depth);
    }

    /** Says that the work has ended, and waits for the kill. */
    static void ended() throws IOException {
        System.out.println("ended");
        while (System.in.read() >= 0) {
            // until the parent is gone
        }
    }

    static <T> T got(Answer<T> answer) {
        return switch (answer) {
            case Answer.Got<T>(T value) -> value;
            case Answer.Failed<T>(var failure) -> throw new IllegalStateException(failure.toString());
        };
    }

    /** A tree of so many files that {@code node} pins. */
    static Cid importTree(TestNode node, long number, int files) {
        try (BlockImport begun = got(node.node().beginImport())) {
            Cid root = Trees.make(number, files, new ImportSink(begun));
            return got(begun.keep(root, PINS));
        }
    }
}
