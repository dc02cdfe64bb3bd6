package io.pinfold.bench.node;

import io.pinfold.testkit.TempFolder;
import java.nio.file.Path;

/**
 * Has two Kubo nodes and then two embedded nodes do the same work on loopback, and prints a table of both with ratios.
 *
 * <p>Arguments: the launcher of {@link NodeProcess}, and the size of the large file in MiB if it is not 1024.
 */
public final class MeasureNodes {

    private static final long LARGE = 1024;

    private MeasureNodes() {}

    /** Runs the measurement. */
    public static void main(String[] arguments) throws Exception {
        Path launcher = Path.of(arguments[0]);
        long size = (arguments.length > 1 ? Long.parseLong(arguments[1]) : LARGE) << 20;
        Path folder = TempFolder.create("pinfold-inputs-");
        try {
            Inputs inputs = Inputs.make(folder, size);
            Figures kubo = new Figures("Kubo", System.out);
            try (KuboSubject first = new KuboSubject(); KuboSubject second = new KuboSubject()) {
                Work work = new Work(inputs, kubo);
                first.stop();
                work.imports(first);
                first.restart();
                work.pins(first, second);
            }
            Figures own = new Figures("Pinfold", System.out);
            try (OwnNode first = new OwnNode(launcher); OwnNode second = new OwnNode(launcher)) {
                second.address(); // it runs by then
                own.put("memory when started, MiB", second.memory("VmRSS"));
                Work work = new Work(inputs, own);
                work.imports(first);
                work.pins(first, second);
            }
            Figures.table(System.out, kubo, own);
        } finally {
            TempFolder.delete(folder);
        }
    }
}
