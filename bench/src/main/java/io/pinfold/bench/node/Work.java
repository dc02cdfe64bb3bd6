package io.pinfold.bench.node;

import java.util.List;

/** The work that is measured, done by a node and by one that gets from it. */
final class Work {

    private static final int ONE_AT_A_TIME = 2_000;
    private static final int AT_A_TIME = 10;
    private static final double MIB = 1 << 20;

    private final Inputs inputs;
    private final Figures figures;
    private String warmUp = "";
    private String large = "";
    private String tree = "";

    Work(Inputs inputs, Figures figures) {
        this.inputs = inputs;
        this.figures = figures;
    }

    private interface Step {
        void run() throws Exception;
    }

    private void time(String what, double amount, Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        figures.put(what, amount / ((System.nanoTime() - begin) / 1e9));
    }

    /** Imports all inputs. */
    void imports(Subject node) throws Exception {
        warmUp = node.importPath(inputs.warmUp());
        time("import of one large file, MiB/s", inputs.largeSize() / MIB,
                () -> large = node.importPath(inputs.large()));
        time("import of a tree of small files, files/s", inputs.leaves().size(),
                () -> tree = node.importPath(inputs.tree()));
        node.importPath(inputs.singles());
    }

    /** Has {@code second} pin from {@code first}, which imported all, and then what it has. */
    void pins(Subject first, Subject second) throws Exception {
        List<String> leaves = inputs.leaves();
        List<String> others = leaves.subList(ONE_AT_A_TIME, leaves.size());
        second.connect(first.address());
        second.pin(List.of(warmUp), 1);
        time("pin of the large file from one peer, MiB/s", inputs.largeSize() / MIB,
                () -> second.pin(List.of(large), 1));
        time("pin of the tree from one peer, files/s", leaves.size(), () -> second.pin(List.of(tree), 1));
        time("pin of separate small roots from one peer, 10 at a time, roots/s", inputs.roots().size(),
                () -> second.pin(inputs.roots(), AT_A_TIME));
        time("pin of roots that are there, 1 at a time, roots/s", ONE_AT_A_TIME,
                () -> second.pin(leaves.subList(0, ONE_AT_A_TIME), 1));
        time("pin of roots that are there, 10 at a time, roots/s", others.size(),
                () -> second.pin(others, AT_A_TIME));
        time("list of recursive pins, roots/s", (double) second.pins(), second::pins);
        time("cat of the large file, MiB/s", inputs.largeSize() / MIB, () -> second.cat(large));
        figures.put("peak memory of the giving node, MiB", first.memory("VmHWM"));
        figures.put("peak memory of the pinning node, MiB", second.memory("VmHWM"));
        figures.put("memory of the pinning node after all, MiB", second.memory("VmRSS"));
    }
}
