package io.pinfold.rpc.server;

/** A place taken, given back exactly once. */
@FunctionalInterface
interface Permit extends AutoCloseable {

    /** Gives the place back. */
    @Override
    void close();
}
