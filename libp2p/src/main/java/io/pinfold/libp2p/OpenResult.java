package io.pinfold.libp2p;

import java.util.List;

/** What became of an attempt to open a stream. */
public sealed interface OpenResult {

    /** The stream is open; whoever asked for it closes it. */
    record Opened(Stream stream) implements OpenResult {}

    /** There is no connection and none could be made. */
    record Unreachable(DialResult.Failed dial) implements OpenResult {}

    /** The peer speaks none of these protocols. */
    record Unsupported(List<String> protocols) implements OpenResult {

        public Unsupported {
            protocols = List.copyOf(protocols);
        }
    }

    /** The connection broke, or the peer did not answer in time. */
    record Failed(String detail) implements OpenResult {}
}
