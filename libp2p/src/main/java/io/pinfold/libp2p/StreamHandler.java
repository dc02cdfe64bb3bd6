package io.pinfold.libp2p;

import java.io.IOException;

/** Serves the inbound streams of one protocol, each on a virtual thread of its own. */
@FunctionalInterface
public interface StreamHandler {

    /** Serves {@code stream}; on return it is closed, on an exception reset. */
    void handle(Stream stream) throws IOException;
}
