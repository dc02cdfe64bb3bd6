package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.node.ImportSink;
import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Imports trees into an embedded node until it is killed. Arguments: the node's folder, a seed, and the files of a tree. */
final class ImportMain {

    /** Blocks that are put at a time; the importer's own batches are larger. */
    private static final int PORTION = 32;

    private ImportMain() {}

    public static void main(String[] arguments) {
        RandomGenerator random = new SplittableRandom(Long.parseLong(arguments[1]));
        TestNode peer = ChildNode.open(arguments[0]);
        while (true) {
            ChildNode.begun();
            importTree(peer, random.nextLong(), Integer.parseInt(arguments[2]));
        }
    }

    private static void importTree(TestNode peer, long number, int files) {
        try (BlockImport begun = ChildNode.got(peer.node().beginImport())) {
            ImportSink sink = new ImportSink(begun);
            Cid root = Trees.make(number, files, blocks -> put(sink, blocks));
            ChildNode.would("pin", root, Pin.ALL);
            ChildNode.got(begun.keep(root, ChildNode.PINS));
            ChildNode.did("pin", root, Pin.ALL);
        }
    }

    private static Put put(ImportSink sink, List<Block> blocks) {
        Put put = new Put.Stored(0);
        for (int from = 0; from < blocks.size() && put instanceof Put.Stored; from += PORTION) {
            put = sink.put(blocks.subList(from, Math.min(from + PORTION, blocks.size())));
            ChildNode.step(from);
        }
        return put;
    }
}
