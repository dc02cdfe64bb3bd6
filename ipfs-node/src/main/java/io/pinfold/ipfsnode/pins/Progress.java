package io.pinfold.ipfsnode.pins;

/** How much a session has taken into its graph: blocks and bytes, those that others had brought before among them. */
public record Progress(long blocks, long bytes) {

    /** Nothing. */
    public static final Progress NONE = new Progress(0, 0);

    Progress plus(long moreBlocks, long moreBytes) {
        return new Progress(blocks + moreBlocks, bytes + moreBytes);
    }
}
