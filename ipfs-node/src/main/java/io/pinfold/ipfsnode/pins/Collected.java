package io.pinfold.ipfsnode.pins;

/** What a collection has removed: blocks and the bytes of their data. */
public record Collected(long blocks, long bytes) {

    /** Nothing. */
    static final Collected NONE = new Collected(0, 0);

    Collected plus(Collected more) {
        return new Collected(blocks + more.blocks, bytes + more.bytes);
    }
}
