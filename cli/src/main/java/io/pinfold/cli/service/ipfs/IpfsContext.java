package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;

/** What a command is given by the program that it is part of. */
public interface IpfsContext {

    /** The world around. */
    Console console();

    /** Whether answers are for programs. */
    boolean json();

    /**
     * Reaches the peer's IPFS node, through the peer if that runs, else by itself; {@code work} gets a client of it, which fails once
     * the program is told to stop.
     */
    <T> T withNode(Work<T> work) throws Complaint;

    /** What a command does with the node. */
    @FunctionalInterface
    interface Work<T> {
        T with(NodeClient node) throws Complaint;
    }
}
