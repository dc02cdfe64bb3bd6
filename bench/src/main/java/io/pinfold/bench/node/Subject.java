package io.pinfold.bench.node;

import io.pinfold.bench.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A running IPFS node that is measured. */
interface Subject extends AutoCloseable {

    /** Imports a file or folder (CIDv1, raw leaves), pins it, and gives its root. */
    String importPath(Path path) throws Exception;

    /** Where others reach it, with its peer id. */
    String address() throws Exception;

    /** Connects to the node at {@code address}. */
    void connect(String address) throws Exception;

    /** Pins whole graphs, so many at a time. */
    void pin(List<String> roots, int atATime) throws Exception;

    /** Lists the roots of recursive pins, and gives their number. */
    long pins() throws Exception;

    /** Reads a file to its end and gives its length. */
    long cat(String root) throws Exception;

    /** The process that works. */
    long pid();

    /** Its memory in MiB, as the line {@code VmRSS} or {@code VmHWM} of its status says. */
    default double memory(String line) throws IOException {
        return ProcessFigures.memory(pid(), line).orElseThrow() / (double) (1 << 20);
    }

    @Override
    void close();
}
