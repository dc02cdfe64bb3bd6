package io.pinfold.ipfsnode.node;

/** What became of opening an embedded node. */
public sealed interface NodeOpening {

    /** It is open; its opener closes it. */
    record Open(EmbeddedNode node) implements NodeOpening {}

    /** Another process has its folder. */
    record Locked() implements NodeOpening {}

    /** Its files cannot be used, in words for people. */
    record Failed(String detail) implements NodeOpening {}
}
