package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Pins, imports, unpins and collects until it is killed, and prints what it is about to do and what is done. */
final class PinsMain {

    /** Blocks of the graph. */
    static final int NODES = 300;
    /** Bytes of its largest leaves: some are rows, some are files. */
    static final int MAX_LEAF = 12_000;

    private final TestGraph graph;
    private final DiskBlockstore store;
    private final Pins pins;
    private final Random random;

    private PinsMain(Path folder, long graphSeed, long seed) {
        graph = new TestGraph(new SplittableRandom(graphSeed), NODES, MAX_LEAF);
        random = new Random(seed);
        store = Stores.open(folder);
        pins = new Pins(store.database(), store, TestGraph::links, new Budget(store, 1 << 30));
    }

    public static void main(String[] arguments) {
        System.out.println("opening");
        PinsMain main = new PinsMain(Path.of(arguments[0]), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
        while (true) {
            main.step();
        }
    }

    private void step() {
        int root = random.nextInt(NODES);
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                System.out.println("unpinning " + root);
                pins.unpin(graph.cids().get(root));
                System.out.println("unpinned " + root);
            }
            case 2 -> pins.collect();
            case 3, 4 -> importGraph(root);
            default -> pin(root, random.nextInt(3) == 0 ? random.nextInt(3) : Pin.ALL);
        }
    }

    private void pin(int root, int depth) {
        System.out.println("pinning " + root + " " + depth);
        Cid cid = graph.cids().get(root);
        switch (pins.begin(new Pin(cid, depth, ""))) {
            case Begun.Already _ -> System.out.println("pinned " + root + " " + depth);
            case Begun.Started(PinSession session) -> {
                try (session) {
                    fetch(session);
                    if (session.commit() instanceof PinOutcome.Done) {
                        System.out.println("pinned " + root + " " + depth);
                    }
                }
            }
            case Begun.Busy _ -> throw new IllegalStateException("nobody else is here");
            case Begun.Trouble trouble -> throw new IllegalStateException(trouble.toString());
        }
    }

    private void fetch(PinSession session) {
        for (Cid cid : graph.reach(session.pin().root(), session.pin().depth())) {
            session.relyOn(cid.hash());
            if (!store.has(cid)) {
                session.admits(graph.block(cid).data().size());
                store.put(List.of(graph.block(cid)));
            }
            session.here(cid, graph.block(cid).data().size());
        }
    }

    private void importGraph(int root) {
        System.out.println("pinning " + root + " " + Pin.ALL);
        Cid cid = graph.cids().get(root);
        List<Cid> cids = new ArrayList<>(graph.reach(cid, Pin.ALL));
        Collections.shuffle(cids, random);
        try (ImportSession session = pins.beginImport().orElseThrow()) {
            for (int from = 0; from < cids.size(); from += 20) {
                session.put(cids.subList(from, Math.min(from + 20, cids.size())).stream().map(graph::block).toList());
            }
            if (session.commit(new Pin(cid, Pin.ALL, "")) instanceof PinOutcome.Done) {
                System.out.println("pinned " + root + " " + Pin.ALL);
            }
        }
    }
}
